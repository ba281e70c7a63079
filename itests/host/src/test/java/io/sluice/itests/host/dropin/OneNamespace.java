package io.sluice.itests.host.dropin;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.source.Batch;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A source that knows one namespace with one pod in it, for ever. */
public final class OneNamespace implements EventSource {
  private static final SourceStatus SYNCED =
      new SourceStatus(SourceStatus.State.SYNCED, "one namespace, one pod", List.of());

  @Override
  public SourceSession open(SessionRequest request, BatchSink sink) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              sink.status(SYNCED);
              sink.send(new Batch(1, 0, everything(), true))
                  .whenComplete((done, failure) -> taken.complete(null));
            });
    return new SourceSession() {
      @Override
      public CompletionStage<SourceStatus> reread() {
        return taken.thenApply(done -> SYNCED);
      }

      @Override
      public void close() {}
    };
  }

  private static List<Change> everything() {
    return List.of(
        new Change.Upsert(
            new Namespace("harbour", Map.of(Namespace.NAME_LABEL, "harbour"), "drop-in")),
        new Change.Upsert(
            new Endpoint(
                "harbour",
                "pilot",
                "",
                "elsewhere",
                Map.of(),
                List.of(IpAddress.parse("10.9.0.1")),
                List.of(),
                List.of(),
                Endpoint.Network.POD,
                Endpoint.Lifecycle.LIVE,
                Instant.EPOCH,
                "drop-in")));
  }
}
