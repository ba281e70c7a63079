package io.sluice.policies.mvstore;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.store.Stored;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks up addresses by label. */
final class LookUp {
  private LookUp() {}

  static Set<IpAddress> addresses(List<Stored> resources, GroupSelector selector) {
    Set<String> namespaces = namespaces(resources, selector.namespaces());
    Set<IpAddress> addresses = new HashSet<>();
    for (Stored stored : resources) {
      if (stored.resource() instanceof Endpoint endpoint
          && endpoint.selectable()
          && namespaces.contains(endpoint.namespace())
          && selector.pods().matches(endpoint.labels())) {
        addresses.addAll(endpoint.addresses());
      }
    }
    return addresses;
  }

  private static Set<String> namespaces(List<Stored> resources, NamespaceScope scope) {
    return switch (scope) {
      case NamespaceScope.Named(String name) -> Set.of(name);
      case NamespaceScope.Matching(LabelSelector labels) -> {
        Set<String> matching = new HashSet<>();
        for (Stored stored : resources) {
          if (stored.resource() instanceof Namespace namespace
              && labels.matches(namespace.labels())) {
            matching.add(namespace.name());
          }
        }
        yield matching;
      }
    };
  }
}
