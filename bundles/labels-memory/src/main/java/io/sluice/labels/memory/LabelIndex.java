package io.sluice.labels.memory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.Stored;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the store holds, with two ways in: by namespace and by label pair. A look-up walks the
 * smallest set that one of its requirements names, and checks the rest.
 */
final class LabelIndex {
  private record LabelPair(String key, String value) {}

  private final Map<ResourceKey, Stored> resources = new LinkedHashMap<>();
  private final Map<String, Set<Endpoint>> byNamespace = new HashMap<>();
  private final Map<LabelPair, Set<Endpoint>> byLabel = new HashMap<>();

  void apply(StoreChange change) {
    Stored old =
        switch (change) {
          case StoreChange.Put(Stored now) -> resources.put(now.key(), now);
          case StoreChange.Delete(ResourceKey key) -> resources.remove(key);
        };
    if (old != null && old.resource() instanceof Endpoint endpoint) {
      unlink(endpoint);
    }
    if (change instanceof StoreChange.Put(Stored now)
        && now.resource() instanceof Endpoint endpoint
        && endpoint.selectable()) {
      link(endpoint);
    }
  }

  void clear() {
    resources.clear();
    byNamespace.clear();
    byLabel.clear();
  }

  List<Stored> resources() {
    return List.copyOf(resources.values());
  }

  Set<IpAddress> addresses(GroupSelector selector) {
    Set<IpAddress> addresses = new HashSet<>();
    for (Endpoint endpoint : candidates(selector)) {
      if (selector.selects(endpoint, namespace(endpoint.namespace()))) {
        addresses.addAll(endpoint.addresses());
      }
    }
    return addresses;
  }

  private Optional<Namespace> namespace(String name) {
    return resources.get(Namespace.key(name)) instanceof Stored(Namespace known, _)
        ? Optional.of(known)
        : Optional.empty();
  }

  private Collection<Endpoint> candidates(GroupSelector selector) {
    Collection<Endpoint> smallest =
        selector.namespaces() instanceof NamespaceScope.Named(String namespace)
            ? byNamespace.getOrDefault(namespace, Set.of())
            : null;
    for (Requirement requirement : selector.pods().requirements()) {
      if (requirement.operator() == Requirement.Operator.IN && requirement.values().size() == 1) {
        Set<Endpoint> labelled =
            byLabel.getOrDefault(
                new LabelPair(requirement.key(), requirement.values().getFirst()), Set.of());
        if (smallest == null || labelled.size() < smallest.size()) {
          smallest = labelled;
        }
      }
    }
    return smallest != null
        ? smallest
        : byNamespace.values().stream().flatMap(Collection::stream).toList();
  }

  private void link(Endpoint endpoint) {
    byNamespace.computeIfAbsent(endpoint.namespace(), name -> new HashSet<>()).add(endpoint);
    endpoint
        .labels()
        .forEach(
            (key, value) ->
                byLabel
                    .computeIfAbsent(new LabelPair(key, value), pair -> new HashSet<>())
                    .add(endpoint));
  }

  private void unlink(Endpoint endpoint) {
    drop(byNamespace, endpoint.namespace(), endpoint);
    endpoint.labels().forEach((key, value) -> drop(byLabel, new LabelPair(key, value), endpoint));
  }

  private static <K> void drop(Map<K, Set<Endpoint>> index, K key, Endpoint endpoint) {
    index.computeIfPresent(
        key,
        (same, endpoints) -> {
          endpoints.remove(endpoint);
          return endpoints.isEmpty() ? null : endpoints;
        });
  }
}
