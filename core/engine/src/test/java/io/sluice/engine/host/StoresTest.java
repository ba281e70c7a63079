package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
  private final ManualLoop loop = new ManualLoop();
  private final Counters counters = new Counters();
  private final Holdings holdings = new Holdings();
  private final Stores stores =
      new Stores(holdings, () -> Instant.ofEpochSecond(1_000), counters, loop);
  private final HandStore store = new HandStore();

  @AfterEach
  void oneOutstandingAndNoGap() {
    assertEquals(List.of(), store.breaches());
  }

  private static Namespace namespace(String name, String label) {
    return new Namespace(name, Map.of(Namespace.NAME_LABEL, name, "v", label), "test");
  }

  private void put(Resource resource) {
    holdings.put("s", resource).ifPresent(stores::write);
    loop.turn();
  }

  private void bind() {
    stores.bind("label-store", "hand", true, store, Inbox::isInput);
    loop.turn();
  }

  @Test
  void beginsWithEverythingAndFollows() {
    put(namespace("red", "1"));
    bind();
    put(namespace("blue", "1"));
    assertEquals(Set.of(Namespace.key("red"), Namespace.key("blue")), store.held().keySet());
    assertFalse(store.complete(), "not everything is known yet");
    stores.complete();
    loop.turn();
    assertTrue(store.complete());
    holdings.remove("s", Namespace.key("red")).ifPresent(stores::write);
    loop.turn();
    assertEquals(Set.of(Namespace.key("blue")), store.held().keySet());
    assertEquals("written", stores.components().getFirst().state());
  }

  @Test
  void policiesAreNotForALabelStore() {
    bind();
    ResourceKey key = new ResourceKey(ResourceKind.NETWORK_POLICY, "red", "p");
    put(new ClaimedResource(key, "v1", "", Map.of(), "test"));
    assertEquals(Map.of(), store.held());
  }

  @Test
  void whatChangesWhileABatchIsOutstandingIsMerged() {
    bind();
    store.hold();
    put(namespace("red", "0"));
    int before = store.batches().size();
    for (int i = 1; i <= 50; i++) {
      put(namespace("red", Integer.toString(i)));
    }
    assertEquals(before, store.batches().size());
    store.take();
    loop.turn();
    store.take();
    loop.turn();
    assertEquals(before + 1, store.batches().size());
    assertEquals(namespace("red", "50"), store.held().get(Namespace.key("red")));
  }

  @Test
  void aFailureIsSaidAndEverythingIsWrittenAgainInAFreshEpoch() {
    bind();
    put(namespace("red", "1"));
    long epoch = store.batches().getLast().epoch();
    store.fail(new IOException("disk full"));
    put(namespace("blue", "1"));
    assertEquals(Set.of(Namespace.key("red")), store.held().keySet());
    assertEquals("not-durable", stores.components().getFirst().state());
    assertTrue(stores.problems().getFirst().toString().contains("disk full"));
    loop.pass(Duration.ofSeconds(3));
    assertTrue(counters.get(Counters.STORE_FAILURES) > 1, "it is tried again");
    store.fail(null);
    loop.pass(Duration.ofMinutes(1));
    assertEquals(Set.of(Namespace.key("red"), Namespace.key("blue")), store.held().keySet());
    assertTrue(store.batches().getLast().epoch() > epoch);
    assertEquals(List.of(), stores.problems());
  }

  @Test
  void aWriterThatIsFencedOffStops() {
    bind();
    store.fence(Long.MAX_VALUE);
    put(namespace("red", "1"));
    int tried = store.batches().size();
    put(namespace("blue", "1"));
    loop.pass(Duration.ofHours(1));
    assertEquals(tried, store.batches().size());
    assertTrue(stores.problems().getFirst().message().contains("another writer"));
  }

  @Test
  void aStoreThatIsGoneIsWrittenNothing() {
    bind();
    int written = store.batches().size();
    stores.unbind(store);
    put(namespace("red", "1"));
    assertEquals(written, store.batches().size());
    assertEquals(List.of(), stores.components());
  }

  @Test
  void changeOfManyObjectsIsWrittenInBoundedBatches() {
    for (int i = 0; i < 2500; i++) {
      put(namespace("n" + i, "1"));
    }
    bind();
    assertEquals(2500, store.held().size());
    assertEquals(3, store.batches().size());
    for (int i = 0; i < 3; i++) {
      List<Change> changes = store.batches().get(i).changes();
      assertTrue(changes.size() <= 1000);
    }
  }
}
