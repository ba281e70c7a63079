package io.sluice.api.source;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The source's end of a session, ready made, for sources whose work is done by one thread: waits
 * for credit, merges what waits, numbers the batches, and knows when a reading has been answered.
 *
 * <p>The source {@linkplain #add adds} everything that it holds when the session begins, then each
 * change as it finds it; it calls {@link #pump} when it has added something and {@link #say} when
 * its state may be another. All of this on its thread; {@link #reread} and {@link #close} are the
 * engine's, and come from any.
 */
public final class PacedSession implements SourceSession {
  private static final int BATCH = 5_000;

  private final Set<ResourceKind> wanted;
  private final BatchSink sink;
  private final long epoch;
  private final Executor thread;
  private final Supplier<SourceStatus> reader;
  private final ChangeBuffer waiting = new ChangeBuffer();
  private final List<Reread> rereads = new ArrayList<>();
  private long sequence;
  private long taken;
  private long answered;
  private boolean outstanding;
  private boolean complete;
  private boolean synced;
  private boolean syncedAnswered;
  private boolean ended;
  private @Nullable SourceStatus said;
  private boolean closed;

  /** A reading that is done once so many changes were answered. */
  private record Reread(CompletableFuture<SourceStatus> done, SourceStatus status, long changes) {}

  /**
   * Makes one.
   *
   * @param request what is wanted
   * @param sink where batches go
   * @param epoch the session's number; a later session has another
   * @param thread runs things on the source's thread, in order; throws {@link
   *     RejectedExecutionException} once the source has stopped
   * @param reader reads the whole input again, on the source's thread: adds what it finds changed,
   *     pumps, and returns the state after it
   */
  public PacedSession(
      SessionRequest request,
      BatchSink sink,
      long epoch,
      Executor thread,
      Supplier<SourceStatus> reader) {
    this.sink = sink;
    this.epoch = epoch;
    this.thread = thread;
    this.reader = reader;
    wanted = new HashSet<>(request.claimed());
    wanted.addAll(List.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD));
  }

  /**
   * Something exists or has changed. A change to an object of a kind that nobody asked for is
   * dropped.
   */
  public void add(Change change) {
    if (wanted.contains(change.key().kind())) {
      waiting.add(change);
    }
  }

  /**
   * Sends what there is to send, as far as credit goes.
   *
   * @param complete whether what was added so far is the whole picture; once it is, it stays so
   */
  public void pump(boolean complete) {
    this.complete |= complete;
    if (!outstanding && !ended && (!waiting.isEmpty() || (this.complete && !synced))) {
      List<Change> changes = waiting.take(BATCH);
      taken += changes.size();
      synced |= this.complete && waiting.isEmpty();
      outstanding = true;
      send(new Batch(epoch, sequence++, changes, synced));
    }
    rereads.removeIf(this::finish);
  }

  private boolean finish(Reread reread) {
    boolean done = answered >= reread.changes() && (syncedAnswered || !complete);
    if (done) {
      reread.done().complete(reread.status());
    }
    return done;
  }

  private synchronized void send(Batch batch) {
    if (!closed) {
      CompletionStage<Void> unused =
          sink.send(batch).whenComplete((credit, failure) -> answered(batch, failure));
    }
  }

  private void answered(Batch batch, @Nullable Throwable failure) {
    try {
      thread.execute(() -> answer(batch, failure));
    } catch (RejectedExecutionException e) {
      close(); // The source has stopped while a batch was outstanding.
    }
  }

  private void answer(Batch batch, @Nullable Throwable failure) {
    if (failure != null) {
      end(failure);
      return;
    }
    outstanding = false;
    answered += batch.changes().size();
    syncedAnswered |= batch.synced();
    pump(false);
  }

  /** Says how the source is, if that is news. */
  public synchronized void say(SourceStatus status) {
    if (!closed && !status.equals(said)) {
      said = status;
      sink.status(status);
    }
  }

  @Override
  public CompletionStage<SourceStatus> reread() {
    CompletableFuture<SourceStatus> done = new CompletableFuture<>();
    try {
      thread.execute(() -> reread(done));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(closing(e));
    }
    return done;
  }

  /** Done when everything that is known after this reading is answered. */
  private void reread(CompletableFuture<SourceStatus> done) {
    if (ended) {
      done.completeExceptionally(closing(null));
    } else {
      SourceStatus status = reader.get();
      rereads.add(new Reread(done, status, taken + waiting.size()));
      pump(false);
    }
  }

  /**
   * Ends the session, on the source's thread: nothing is sent from now on, and readings that are
   * not done fail.
   *
   * @param why what ended it, if there is more to say than that it has ended
   */
  public void end(@Nullable Throwable why) {
    if (!ended) {
      ended = true;
      waiting.clear();
      rereads.forEach(reread -> reread.done().completeExceptionally(closing(why)));
      rereads.clear();
    }
  }

  private static SessionClosedException closing(@Nullable Throwable why) {
    SessionClosedException closing = new SessionClosedException("the session has ended");
    if (why != null) {
      closing.initCause(why);
    }
    return closing;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      thread.execute(() -> end(null));
    } catch (RejectedExecutionException e) {
      return; // The source has stopped, and has ended its session.
    }
  }
}
