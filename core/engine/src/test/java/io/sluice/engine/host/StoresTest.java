package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
  private final ManualLoop loop = new ManualLoop();
  private final Counters counters = new Counters();
  private final Holdings holdings = new Holdings();
  private final List<StoreSnapshot> restored = new ArrayList<>();
  private boolean contact;
  private final Stores stores =
      new Stores(
          new Stores.Content(holdings::keys, holdings::find, () -> contact),
          (kind, snapshot) -> restored.add(snapshot),
          () -> Instant.ofEpochSecond(1_000).plusNanos(loop.nanos()),
          counters,
          loop);
  private final HandStore store = new HandStore();

  @AfterEach
  void oneOutstandingAndNoGap() {
    assertEquals(List.of(), store.breaches());
  }

  private static Namespace namespace(String name, String label) {
    return new Namespace(name, Map.of(Namespace.NAME_LABEL, name, "v", label), "test");
  }

  private void put(Resource resource) {
    holdings.put("s", resource).ifPresent(change -> stores.write(change.key()));
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
    holdings.remove("s", Namespace.key("red"));
    stores.write(Namespace.key("red"));
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
  void aFailureIsSaidAndTheSameBatchIsSentAgain() {
    bind();
    put(namespace("red", "1"));
    long epoch = store.batches().getLast().epoch();
    store.fail(new IOException("disk full"));
    put(namespace("blue", "1"));
    StoreBatch failed = store.batches().getLast();
    put(namespace("green", "1"));
    assertEquals(Set.of(Namespace.key("red")), store.held().keySet());
    assertEquals("not-durable", stores.components().getFirst().state());
    assertTrue(stores.problems().getFirst().toString().contains("disk full"));
    loop.pass(Duration.ofSeconds(3));
    assertTrue(counters.get(Counters.STORE_FAILURES) > 1, "it is tried again");
    assertEquals(failed, store.batches().getLast());
    store.fail(null);
    loop.pass(Duration.ofMinutes(1));
    assertEquals(
        Set.of(Namespace.key("red"), Namespace.key("blue"), Namespace.key("green")),
        store.held().keySet());
    assertEquals(epoch, store.batches().getLast().epoch());
    assertEquals(List.of(), stores.problems());
  }

  @Test
  void aStoreThatHasLostItsPlaceIsWrittenAnewInAFreshEpoch() {
    bind();
    put(namespace("red", "1"));
    long epoch = store.batches().getLast().epoch();
    store.fail(new IllegalStateException("a gap"));
    put(namespace("blue", "1"));
    store.fail(null);
    loop.pass(Duration.ofMinutes(1));
    assertEquals(Set.of(Namespace.key("red"), Namespace.key("blue")), store.held().keySet());
    assertTrue(store.batches().getLast().epoch() > epoch);
  }

  @Test
  void aDurableStoreIsReadFirstAndGivenOnlyWhatDiffers() {
    put(namespace("red", "2"));
    put(namespace("blue", "1"));
    StoreSnapshot before =
        new StoreSnapshot(
            77,
            5,
            true,
            Instant.ofEpochSecond(900),
            List.of(
                new Stored(namespace("red", "1"), List.of("s")),
                new Stored(namespace("blue", "1"), List.of("s")),
                new Stored(namespace("gone", "1"), List.of("s"))));
    store.offer(CompletableFuture.completedStage(before));
    bind();
    assertEquals(List.of(before), restored);
    StoreBatch first = store.batches().getFirst();
    assertEquals(77, first.epoch());
    assertEquals(6, first.sequence());
    assertEquals(Instant.ofEpochSecond(900), first.asOf(), "no source has been heard since");
    assertEquals(
        List.of(
            new StoreChange.Put(new Stored(namespace("red", "2"), List.of("s"))),
            new StoreChange.Delete(Namespace.key("gone"))),
        first.changes());
    assertEquals(1, store.batches().size());
    assertFalse(stores.reading());
  }

  @Test
  void aStoreThatDoesNotAnswerIsWaitedForForAWhileAndThenWrittenAnew() {
    CompletableFuture<StoreSnapshot> late = new CompletableFuture<>();
    store.offer(late);
    put(namespace("red", "1"));
    bind();
    assertTrue(stores.reading());
    loop.pass(DurableCopy.PATIENCE.minusSeconds(1));
    assertTrue(stores.reading());
    assertEquals(List.of(), store.batches());
    loop.pass(Duration.ofSeconds(2));
    assertFalse(stores.reading());
    assertEquals(Set.of(Namespace.key("red")), store.held().keySet());
    late.complete(new StoreSnapshot(1, 1, true, Instant.EPOCH, List.of()));
    loop.turn();
    assertEquals(List.of(StoreSnapshot.NOTHING), restored, "it came too late");
  }

  @Test
  void whileSourcesAreInContactTheStoreIsToldEveryMinute() {
    bind();
    put(namespace("red", "1"));
    assertEquals(Instant.EPOCH, store.batches().getLast().asOf());
    int written = store.batches().size();
    loop.pass(Duration.ofMinutes(10));
    assertEquals(written, store.batches().size(), "nobody knows whether it is current");
    contact = true;
    loop.pass(Duration.ofMinutes(3));
    assertEquals(written + 3, store.batches().size());
    assertEquals(List.of(), store.batches().getLast().changes());
    Instant last = store.batches().getLast().asOf();
    assertTrue(last.isAfter(Instant.ofEpochSecond(1_000 + 12 * 60)), last.toString());
    contact = false;
    put(namespace("red", "2"));
    assertEquals(last, store.batches().getLast().asOf());
  }

  @Test
  void anEndWaitsForWhatIsOnItsWayButNotForever() {
    bind();
    store.hold();
    put(namespace("red", "1"));
    put(namespace("blue", "1"));
    List<String> ends = new ArrayList<>();
    stores.finish(Duration.ofSeconds(3), () -> ends.add("first"));
    loop.pass(Duration.ofMillis(100));
    assertEquals(List.of(), ends);
    store.take();
    loop.turn();
    store.take();
    loop.pass(Duration.ofMillis(100));
    assertEquals(List.of("first"), ends);
    assertEquals(2, store.held().size());
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
      List<StoreChange> changes = store.batches().get(i).changes();
      assertTrue(changes.size() <= 1000);
    }
  }
}
