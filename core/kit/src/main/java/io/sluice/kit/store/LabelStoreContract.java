package io.sluice.kit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
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
public abstract class LabelStoreContract extends InputStoreContract {
  @Override
  protected abstract LabelStore store();

  @Override
  protected final Resource resource(int number, int version) {
    return number % 3 == 0
        ? namespace("ns" + number, "team", "v" + version)
        : pod("ns" + number, "web", version, "app", "web");
  }

  @Test
  void looksUpAddressesLikeANaiveSearch() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(seed);
    LabelStore store = store();
    Map<String, Resource> truth = new TreeMap<>();
    for (int sequence = 1; sequence <= 60; sequence++) {
      List<StoreChange> changes = new ArrayList<>();
      Set<String> touched = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        Resource resource = randomResource(random);
        if (touched.add(resource.key().toString())) {
          boolean gone = random.nextInt(4) == 0;
          changes.add(gone ? new StoreChange.Delete(resource.key()) : put(resource));
          if (gone) {
            truth.remove(resource.key().toString());
          } else {
            truth.put(resource.key().toString(), resource);
          }
        }
      }
      apply(new StoreBatch(1, sequence, Instant.EPOCH, changes, true));
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
        List.of(IpAddress.parse("10.0." + host / 256 + "." + host % 256)),
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        host % 10 == 9 ? Endpoint.Lifecycle.FINISHED : Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "test");
  }
}
