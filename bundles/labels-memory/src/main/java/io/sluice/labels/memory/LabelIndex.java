package io.sluice.labels.memory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the store holds, with two ways in: by namespace and by label pair. A look-up walks the
 * smallest set that one of its requirements names, and checks the rest.
 */
final class LabelIndex {
  private record LabelPair(String key, String value) {}

  private final Map<ResourceKey, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Set<Endpoint>> byNamespace = new HashMap<>();
  private final Map<LabelPair, Set<Endpoint>> byLabel = new HashMap<>();

  void apply(Change change) {
    Resource old =
        switch (change) {
          case Change.Upsert(Resource now) -> resources.put(now.key(), now);
          case Change.Delete(ResourceKey key) -> resources.remove(key);
        };
    if (old instanceof Endpoint endpoint) {
      unlink(endpoint);
    }
    if (change instanceof Change.Upsert(Endpoint endpoint) && endpoint.selectable()) {
      link(endpoint);
    }
  }

  void clear() {
    resources.clear();
    byNamespace.clear();
    byLabel.clear();
  }

  List<Resource> resources() {
    return List.copyOf(resources.values());
  }

  Set<IpAddress> addresses(GroupSelector selector) {
    Set<IpAddress> addresses = new HashSet<>();
    for (Endpoint endpoint : candidates(selector)) {
      if (inScope(selector.namespaces(), endpoint.namespace())
          && selector.pods().matches(endpoint.labels())) {
        addresses.addAll(endpoint.addresses());
      }
    }
    return addresses;
  }

  private boolean inScope(NamespaceScope scope, String namespace) {
    return switch (scope) {
      case NamespaceScope.Named(String name) -> name.equals(namespace);
      case NamespaceScope.Matching(var labels) ->
          resources.get(Namespace.key(namespace)) instanceof Namespace known
              && labels.matches(known.labels());
    };
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
