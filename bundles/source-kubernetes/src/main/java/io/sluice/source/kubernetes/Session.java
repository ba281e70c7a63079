package io.sluice.source.kubernetes;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.Batch;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.ChangeBuffer;
import io.sluice.api.source.SessionClosedException;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session. Its state lives on the worker's thread, but for {@code closed}, which is guarded by
 * the session so that nothing is sent after {@link #close} has returned.
 */
final class Session implements SourceSession {
  private static final int BATCH = 5_000;

  private final Set<ResourceKind> wanted;
  private final BatchSink sink;
  private final long epoch;
  private final Executor thread;
  private final Consumer<Reread> reader;
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

  /** A wish to have everything read again. */
  final class Reread {
    private final CompletableFuture<SourceStatus> done = new CompletableFuture<>();
    private @Nullable SourceStatus status;
    private long changes;

    /** Everything was read, or can't be: what was found is still to be answered. */
    void read(SourceStatus found) {
      if (ended) {
        fail(null);
      } else {
        status = found;
        changes = taken + waiting.size();
        rereads.add(this);
      }
    }

    void fail(@Nullable Throwable why) {
      done.completeExceptionally(closing(why));
    }

    private boolean finish() {
      SourceStatus found = status;
      boolean answeredAll = answered >= changes && (syncedAnswered || !complete);
      if (found != null && answeredAll) {
        done.complete(found);
        return true;
      }
      return false;
    }
  }

  /**
   * Makes one.
   *
   * @param request what is wanted
   * @param sink where batches go
   * @param epoch the session's number
   * @param thread runs things on the worker's thread
   * @param reader begins to read everything again, on the worker's thread
   */
  Session(
      SessionRequest request,
      BatchSink sink,
      long epoch,
      Executor thread,
      Consumer<Reread> reader) {
    this.sink = sink;
    this.epoch = epoch;
    this.thread = thread;
    this.reader = reader;
    wanted = new HashSet<>(request.claimed());
    wanted.addAll(List.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD));
  }

  /** The kinds that it is about. */
  Set<ResourceKind> wanted() {
    return wanted;
  }

  boolean isEnded() {
    return ended;
  }

  /** Something has changed. */
  void add(Change change) {
    if (!ended && wanted.contains(change.key().kind())) {
      waiting.add(change);
    }
  }

  /**
   * Sends what there is to send, as far as credit goes.
   *
   * @param whole whether what was added so far is the whole picture
   */
  void pump(boolean whole) {
    complete |= whole;
    if (!outstanding && !ended && (!waiting.isEmpty() || (complete && !synced))) {
      List<Change> changes = waiting.take(BATCH);
      taken += changes.size();
      synced |= complete && waiting.isEmpty();
      outstanding = true;
      send(new Batch(epoch, sequence++, changes, synced));
    }
    rereads.removeIf(Reread::finish);
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
  synchronized void say(SourceStatus status) {
    if (!closed && !status.equals(said)) {
      said = status;
      sink.status(status);
    }
  }

  @Override
  public CompletionStage<SourceStatus> reread() {
    Reread reread = new Reread();
    try {
      thread.execute(
          () -> {
            if (ended) {
              reread.fail(null);
            } else {
              reader.accept(reread);
            }
          });
    } catch (RejectedExecutionException e) {
      reread.fail(e);
    }
    return reread.done;
  }

  /** Ends the session, on the worker's thread. */
  void end(@Nullable Throwable why) {
    if (!ended) {
      ended = true;
      waiting.clear();
      rereads.forEach(reread -> reread.fail(why));
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
