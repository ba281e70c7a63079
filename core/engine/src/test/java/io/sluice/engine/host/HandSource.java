package io.sluice.engine.host;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.source.Batch;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.kit.Stages;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A source that says what the test says, also what no source may say. */
final class HandSource implements EventSource {
  private final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();

  /** One session, from the source's side. */
  static final class Opened implements SourceSession {
    private final SessionRequest request;
    private final BatchSink sink;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private Opened(SessionRequest request, BatchSink sink) {
      this.request = request;
      this.sink = sink;
    }

    SessionRequest request() {
      return request;
    }

    CompletionStage<Void> send(long epoch, long sequence, boolean synced, Resource... resources) {
      List<Change> changes = Arrays.stream(resources).<Change>map(Change.Upsert::new).toList();
      return sink.send(new Batch(epoch, sequence, changes, synced));
    }

    void status(SourceStatus.State state) {
      sink.status(new SourceStatus(state, "by hand", List.of()));
    }

    /** Waits until the engine has closed it. */
    void awaitClosed() {
      Stages.get(closed);
    }

    boolean isClosed() {
      return closed.isDone();
    }

    @Override
    public CompletionStage<SourceStatus> reread() {
      return CompletableFuture.completedStage(
          new SourceStatus(SourceStatus.State.SYNCED, "by hand", List.of()));
    }

    @Override
    public void close() {
      closed.complete(null);
    }
  }

  /** The next session that the engine opens. */
  Opened next() throws InterruptedException {
    Opened session = opened.poll(30, TimeUnit.SECONDS);
    if (session == null) {
      throw new AssertionError("no session was opened");
    }
    return session;
  }

  boolean isNextOpened() {
    return !opened.isEmpty();
  }

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    Opened session = new Opened(request, sink);
    opened.add(session);
    return session;
  }
}
