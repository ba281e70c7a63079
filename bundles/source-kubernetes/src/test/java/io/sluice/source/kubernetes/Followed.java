package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.kit.source.RecordingSink;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A source with a session open, and what it has said. */
final class Followed implements AutoCloseable {
  final KubernetesSource source;
  final RecordingSink sink = new RecordingSink();
  final SourceSession session;

  Followed(Settings settings, ResourceKind... claimed) {
    source = new KubernetesSource(settings);
    session = source.open(new SessionRequest(Set.copyOf(Arrays.asList(claimed))), sink);
  }

  /** The names of the objects of a kind. */
  Set<String> names(ResourceKind kind) {
    return sink.picture().keySet().stream()
        .filter(key -> key.kind().equals(kind))
        .map(ResourceKey::name)
        .collect(Collectors.toSet());
  }

  void awaitNames(ResourceKind kind, String... names) throws InterruptedException {
    Set<String> wanted = Set.of(names);
    sink.await(kind + " are " + wanted, seen -> names(kind).equals(wanted));
  }

  void awaitNamespaces(String... names) throws InterruptedException {
    awaitNames(Namespace.key("any").kind(), names);
  }

  SourceStatus status() {
    return sink.status().orElseThrow();
  }

  SourceStatus reread() throws Exception {
    return session.reread().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** The keys of every deletion so far. */
  List<ResourceKey> deleted() {
    return sink.batches().stream()
        .flatMap(batch -> batch.changes().stream())
        .filter(Change.Delete.class::isInstance)
        .map(Change::key)
        .toList();
  }

  @Override
  public void close() {
    session.close();
    source.stop();
    assertEquals(List.of(), sink.breaches());
  }
}
