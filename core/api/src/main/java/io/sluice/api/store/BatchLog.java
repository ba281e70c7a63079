package io.sluice.api.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last batches of an epoch, so that readers can go on from a position; for whoever writes a
 * store. Bounded by the number of changes it holds: a reader that is further behind reads a
 * snapshot, which costs no more than the changes would. Not thread-safe; a store confines it to its
 * thread.
 */
public final class BatchLog {
  private final int capacity;
  private final Deque<StoreBatch> batches = new ArrayDeque<>();
  private int held;
  private long epoch;
  private long last;

  /**
   * Makes an empty log.
   *
   * @param capacity how many changes are kept, in whole batches; the newest batch always is
   */
  public BatchLog(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Begins anew at a position, with nothing before it.
   *
   * @param fromEpoch the epoch
   * @param fromSequence the sequence of the last batch of the epoch that was taken
   */
  public void begin(long fromEpoch, long fromSequence) {
    batches.clear();
    held = 0;
    epoch = fromEpoch;
    last = fromSequence;
  }

  /** Adds the next batch; one of another epoch begins the log anew. */
  public void add(StoreBatch batch) {
    if (batch.epoch() != epoch) {
      begin(batch.epoch(), 0);
    }
    batches.addLast(batch);
    held += batch.changes().size();
    last = batch.sequence();
    while (held > capacity && batches.size() > 1) {
      held -= batches.removeFirst().changes().size();
    }
  }

  /** The epoch of the last batch, 0 if there was none. */
  public long epoch() {
    return epoch;
  }

  /** The sequence of the last batch, 0 if there was none. */
  public long last() {
    return last;
  }

  /** What came after a position, or that it can't be told. */
  public StoreChanges after(long fromEpoch, long fromSequence) {
    if (fromEpoch != epoch || fromSequence > last) {
      return new StoreChanges.Reread();
    }
    long first = batches.isEmpty() ? last + 1 : batches.getFirst().sequence();
    if (fromSequence + 1 < first) {
      return new StoreChanges.Reread();
    }
    List<StoreBatch> following =
        batches.stream().filter(batch -> batch.sequence() > fromSequence).toList();
    return new StoreChanges.Following(following);
  }
}
