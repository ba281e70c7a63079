package io.sluice.kit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.kit.Stages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every {@link LabelStore} passes these. */
public abstract class LabelStoreContract {
  private static final long FENCE = 7;

  /** A store that holds nothing. */
  protected abstract LabelStore store();

  @Test
  void holdsNothingAndSaysIncompleteAtFirst() {
    StoreSnapshot snapshot = Stages.get(store().snapshot());
    assertEquals(List.of(), snapshot.resources());
    assertFalse(snapshot.complete());
  }

  @Test
  void saysIncompleteUntilABatchCompletesIt() {
    LabelStore store = store();
    Stages.get(store.apply(batch(1, 1, false, put(namespace("shop", "team", "a"))), FENCE));
    assertFalse(Stages.get(store.snapshot()).complete());
    Stages.get(store.apply(batch(1, 2, true, put(pod("shop", "web", 1, "app", "web"))), FENCE));
    StoreSnapshot snapshot = Stages.get(store.snapshot());
    assertTrue(snapshot.complete());
    assertEquals(1, snapshot.epoch());
    assertEquals(2, snapshot.sequence());
    assertEquals(
        Set.of(namespace("shop", "team", "a"), pod("shop", "web", 1, "app", "web")),
        new HashSet<>(snapshot.resources()));
  }

  @Test
  void staysCompleteWhenALaterBatchDoesNotSayIt() {
    LabelStore store = store();
    Stages.get(store.apply(batch(1, 1, true), FENCE));
    Stages.get(store.apply(batch(1, 2, false, put(pod("shop", "web", 1))), FENCE));
    assertTrue(Stages.get(store.snapshot()).complete());
  }

  @Test
  void takesABatchTwiceAsOnce() {
    LabelStore store = store();
    StoreBatch first = batch(1, 1, true, put(pod("shop", "web", 1)));
    Stages.get(store.apply(first, FENCE));
    Stages.get(store.apply(batch(1, 2, true, delete(pod("shop", "web", 1))), FENCE));
    Stages.get(store.apply(first, FENCE));
    assertEquals(List.of(), Stages.get(store.snapshot()).resources());
  }

  @Test
  void refusesAGapAndChangesNothing() {
    LabelStore store = store();
    Stages.get(store.apply(batch(1, 1, true, put(pod("shop", "web", 1))), FENCE));
    StoreSnapshot before = Stages.get(store.snapshot());
    assertInstanceOf(
        IllegalStateException.class,
        Stages.failure(store.apply(batch(1, 3, true, delete(pod("shop", "web", 1))), FENCE)));
    assertInstanceOf(
        IllegalStateException.class, Stages.failure(store.apply(batch(2, 2, true), FENCE)));
    assertEquals(before, Stages.get(store.snapshot()));
  }

  @Test
  void aNewEpochEmptiesTheStore() {
    LabelStore store = store();
    Stages.get(store.apply(batch(1, 1, true, put(pod("shop", "old", 1))), FENCE));
    Stages.get(store.apply(batch(2, 1, false, put(pod("shop", "new", 2))), FENCE));
    StoreSnapshot snapshot = Stages.get(store.snapshot());
    assertFalse(snapshot.complete());
    assertEquals(List.of(pod("shop", "new", 2)), snapshot.resources());
  }

  @Test
  void refusesAnOlderFenceAndChangesNothing() {
    LabelStore store = store();
    Stages.get(store.apply(batch(1, 1, true, put(pod("shop", "web", 1))), FENCE));
    StoreSnapshot before = Stages.get(store.snapshot());
    assertInstanceOf(
        FencedException.class,
        Stages.failure(store.apply(batch(1, 2, true, delete(pod("shop", "web", 1))), FENCE - 1)));
    assertEquals(before, Stages.get(store.snapshot()));
    Stages.get(store.apply(batch(1, 2, true), FENCE + 1));
  }

  @Test
  void readersFollowWithoutAGapOrAreToldToReread() {
    LabelStore store = store();
    List<StoreBatch> sent = new ArrayList<>();
    for (int sequence = 1; sequence <= 5; sequence++) {
      StoreBatch batch = batch(3, sequence, true, put(pod("shop", "web", sequence)));
      sent.add(batch);
      Stages.get(store.apply(batch, FENCE));
    }
    assertEquals(new StoreChanges.Following(List.of()), Stages.get(store.changes(3, 5)));
    StoreChanges since = Stages.get(store.changes(3, 2));
    if (since instanceof StoreChanges.Following(List<StoreBatch> batches)) {
      assertEquals(sent.subList(2, 5), batches);
    }
    assertInstanceOf(StoreChanges.Reread.class, Stages.get(store.changes(2, 5)));
    assertInstanceOf(StoreChanges.Reread.class, Stages.get(store.changes(3, 6)));
  }

  @Test
  void looksUpAddressesLikeANaiveSearch() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(seed);
    LabelStore store = store();
    Map<String, Resource> truth = new TreeMap<>();
    for (int sequence = 1; sequence <= 60; sequence++) {
      List<Change> changes = new ArrayList<>();
      Set<String> touched = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        Resource resource = randomResource(random);
        if (touched.add(resource.key().toString())) {
          boolean gone = random.nextInt(4) == 0;
          changes.add(gone ? delete(resource) : put(resource));
          if (gone) {
            truth.remove(resource.key().toString());
          } else {
            truth.put(resource.key().toString(), resource);
          }
        }
      }
      Stages.get(store.apply(new StoreBatch(1, sequence, changes, true), FENCE));
      GroupSelector selector = randomSelector(random);
      assertEquals(
          naive(truth.values(), selector),
          Stages.get(store.addresses(selector)),
          () -> "-Dsluice.seed=" + seed + " selector " + selector);
    }
  }

  private static Set<IpAddress> naive(Collection<Resource> resources, GroupSelector selector) {
    Set<IpAddress> addresses = new HashSet<>();
    for (Resource resource : resources) {
      if (resource instanceof Endpoint endpoint
          && endpoint.selectable()
          && selector.pods().matches(endpoint.labels())
          && inScope(resources, selector.namespaces(), endpoint.namespace())) {
        addresses.addAll(endpoint.addresses());
      }
    }
    return addresses;
  }

  private static boolean inScope(
      Collection<Resource> resources, NamespaceScope scope, String namespace) {
    return switch (scope) {
      case NamespaceScope.Named(String name) -> name.equals(namespace);
      case NamespaceScope.Matching(LabelSelector labels) ->
          resources.stream()
              .anyMatch(
                  resource ->
                      resource instanceof Namespace known
                          && known.name().equals(namespace)
                          && labels.matches(known.labels()));
    };
  }

  private static Resource randomResource(Random random) {
    String namespace = "ns" + random.nextInt(3);
    String value = "v" + random.nextInt(3);
    return random.nextInt(5) == 0
        ? namespace(namespace, "team", value)
        : pod(namespace, "pod" + random.nextInt(6), random.nextInt(200), "app", value);
  }

  private static GroupSelector randomSelector(Random random) {
    List<String> values = List.of("v" + random.nextInt(3), "v" + random.nextInt(3));
    NamespaceScope scope =
        switch (random.nextInt(3)) {
          case 0 -> new NamespaceScope.Named("ns" + random.nextInt(3));
          case 1 -> NamespaceScope.ALL;
          default ->
              new NamespaceScope.Matching(LabelSelector.of(Requirement.notIn("team", values)));
        };
    LabelSelector pods =
        switch (random.nextInt(4)) {
          case 0 -> LabelSelector.EVERYTHING;
          case 1 -> LabelSelector.of(Requirement.in("app", values));
          case 2 -> LabelSelector.of(Requirement.notIn("app", values));
          default -> LabelSelector.of(Requirement.equal("app", "v" + random.nextInt(3)));
        };
    return new GroupSelector(scope, pods);
  }

  private static StoreBatch batch(long epoch, long sequence, boolean complete, Change... changes) {
    return new StoreBatch(epoch, sequence, List.of(changes), complete);
  }

  private static Change put(Resource resource) {
    return new Change.Upsert(resource);
  }

  private static Change delete(Resource resource) {
    return new Change.Delete(resource.key());
  }

  private static Namespace namespace(String name, String key, String value) {
    return new Namespace(name, Map.of(Namespace.NAME_LABEL, name, key, value), "test");
  }

  private static Endpoint pod(String namespace, String name, int host, String... label) {
    return new Endpoint(
        namespace,
        name,
        "",
        "node-1",
        label.length == 0 ? Map.of() : Map.of(label[0], label[1]),
        List.of(IpAddress.parse("10.0.0." + host)),
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        host % 10 == 9 ? Endpoint.Lifecycle.FINISHED : Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "test");
  }
}
