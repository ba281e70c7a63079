package io.sluice.kit.source;

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
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A session of a {@link MemorySource}; everything but {@code closed} lives on the source's thread.
 */
final class MemorySession implements SourceSession {
  private static final int BATCH = 100;
  private static final long EPOCH = 1;

  private final MemorySource source;
  private final Set<ResourceKind> wanted;
  private final BatchSink sink;
  private final ChangeBuffer waiting = new ChangeBuffer();
  private final List<Reading> readings = new ArrayList<>();
  private long sequence;
  private boolean outstanding;
  private boolean synced;
  private @Nullable SourceStatus said;
  private volatile boolean closed;

  private record Reading(CompletableFuture<SourceStatus> done, SourceStatus status) {}

  MemorySession(MemorySource source, SessionRequest request, BatchSink sink) {
    this.source = source;
    this.sink = sink;
    wanted = new HashSet<>(request.claimed());
    wanted.addAll(List.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD));
  }

  void add(Change change) {
    if (wanted.contains(change.key().kind())) {
      waiting.add(change);
    }
  }

  /** Sends the next batch if there is something to say and credit to say it. */
  void pump() {
    if (!outstanding && (!waiting.isEmpty() || (!synced && source.everRead()))) {
      List<Change> changes = waiting.take(BATCH);
      synced = synced || (source.everRead() && waiting.isEmpty());
      outstanding = true;
      send(new Batch(EPOCH, sequence++, changes, synced));
    }
    if (!outstanding && waiting.isEmpty()) {
      readings.forEach(reading -> reading.done.complete(reading.status));
      readings.clear();
    }
  }

  private synchronized void send(Batch batch) {
    if (closed) {
      return;
    }
    CompletionStage<Void> unused =
        sink.send(batch)
            .whenComplete(
                (credit, failure) -> {
                  try {
                    source.thread().execute(() -> answered(failure));
                  } catch (RejectedExecutionException e) {
                    closed = true; // The source was closed while a batch was outstanding.
                  }
                });
  }

  private void answered(@Nullable Throwable failure) {
    if (failure == null) {
      outstanding = false;
      pump();
    } else {
      close();
    }
  }

  synchronized void say(SourceStatus status) {
    if (!closed && !status.equals(said)) {
      said = status;
      sink.status(status);
    }
  }

  @Override
  public CompletionStage<SourceStatus> reread() {
    CompletableFuture<SourceStatus> done = new CompletableFuture<>();
    try {
      source
          .thread()
          .execute(
              () -> {
                if (closed) {
                  done.completeExceptionally(ended());
                  return;
                }
                source.read();
                readings.add(new Reading(done, source.status()));
                pump();
              });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(ended());
    }
    return done;
  }

  private static SessionClosedException ended() {
    return new SessionClosedException("the session with the source in memory has ended");
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      source
          .thread()
          .execute(
              () -> {
                readings.forEach(reading -> reading.done.completeExceptionally(ended()));
                readings.clear();
              });
    } catch (RejectedExecutionException e) {
      closed = true; // Nothing is left to be told: the source itself is closed.
    }
  }
}
