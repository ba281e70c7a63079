package io.sluice.api.store;

import java.util.concurrent.CompletionStage;

/**
 * What {@link LabelStore} and {@link PolicyStore} have in common: a replica of inputs that is
 * written in numbered batches and read as a snapshot followed by changes.
 *
 * <p>Contract:
 *
 * <ol>
 *   <li><b>Atomic batches.</b> A batch is visible as a whole or not at all, in {@link #snapshot} as
 *       in {@link #changes}.
 *   <li><b>Order.</b> Within an epoch, batches are taken in order; one with a gap is refused with
 *       {@link IllegalStateException}, one that was taken already is answered as taken. A new epoch
 *       begins with an empty picture: nothing of an older one is in it.
 *   <li><b>Fencing.</b> A batch with an older token than the newest seen is refused with {@link
 *       FencedException} and changes nothing.
 *   <li><b>Incomplete proves nothing.</b> Until a batch says complete, snapshots say incomplete,
 *       and what they lack is unknown, not deleted.
 *   <li><b>The last complete picture.</b> A store that is not durable answers {@link #snapshot}
 *       from the newest epoch. A durable one answers from the newest epoch that is
 *       <em>complete</em>, if there is one: what it held is kept until a newer epoch is complete,
 *       so that a crash in the middle of writing everything anew loses nothing. {@link #changes}
 *       goes on from what {@link #snapshot} answers. The writer may give up an epoch that is not
 *       complete and go on with the one that {@link #snapshot} answers.
 *   <li><b>Gap.</b> {@link #changes} from a position that the store can't continue from answers
 *       {@link StoreChanges.Reread}, never a silent gap.
 *   <li><b>Durability.</b> Where {@link #DURABLE} is true, a batch whose stage has completed
 *       survives a crash at any instant, also of the machine.
 *   <li><b>Threads.</b> Callable from any thread; returns at once and completes later; stages
 *       complete on a thread of the store.
 *   <li><b>Failures.</b> A stage that fails has changed nothing, or the next call says so by
 *       another epoch. The caller may send the same batch again.
 * </ol>
 */
public interface InputStore {
  /** Service property (String, mandatory): the store's name in status and messages. */
  String NAME = "sluice.store.name";

  /** Service property (Boolean): whether what was taken survives a crash; default false. */
  String DURABLE = "sluice.store.durable";

  /**
   * Writes a batch.
   *
   * @param batch the next batch
   * @param fence the writer's fencing token; grows with each change of writer
   */
  CompletionStage<Void> apply(StoreBatch batch, long fence);

  /** Reads everything. */
  CompletionStage<StoreSnapshot> snapshot();

  /**
   * Reads what came after a position.
   *
   * @param epoch the position's epoch
   * @param sequence the sequence of the last batch known
   */
  CompletionStage<StoreChanges> changes(long epoch, long sequence);

  /** How the store is; answers at once, from any thread. */
  default StoreStatus status() {
    return StoreStatus.NOTHING;
  }
}
