package io.sluice.kit.cluster;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The objects of a cluster at one moment; immutable. */
public final class Cluster {
  /** No objects. */
  public static final Cluster EMPTY = new Cluster(Collections.emptyNavigableMap());

  private final NavigableMap<ResourceKey, Resource> resources;
  private final List<Endpoint> endpoints;
  private final List<Namespace> namespaces;
  private final List<Node> nodes;
  private final List<ClaimedResource> policies;

  private Cluster(NavigableMap<ResourceKey, Resource> resources) {
    this.resources = Collections.unmodifiableNavigableMap(resources);
    this.endpoints = only(Endpoint.class);
    this.namespaces = only(Namespace.class);
    this.nodes = only(Node.class);
    this.policies = only(ClaimedResource.class);
  }

  /** A cluster of these objects; of two with one key the later. */
  public static Cluster of(Collection<? extends Resource> resources) {
    NavigableMap<ResourceKey, Resource> map = new TreeMap<>();
    resources.forEach(resource -> map.put(resource.key(), resource));
    return new Cluster(map);
  }

  /** The cluster after these changes. */
  public Cluster with(Collection<Change> changes) {
    NavigableMap<ResourceKey, Resource> next = new TreeMap<>(resources);
    for (Change change : changes) {
      switch (change) {
        case Change.Upsert(Resource resource) -> next.put(resource.key(), resource);
        case Change.Delete(ResourceKey key) -> next.remove(key);
      }
    }
    return new Cluster(next);
  }

  /** All objects by key. */
  public NavigableMap<ResourceKey, Resource> resources() {
    return resources;
  }

  /** The pods, also those that have finished. */
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The namespaces whose object is known. */
  public List<Namespace> namespaces() {
    return namespaces;
  }

  /** The nodes. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The policies, as they were written. */
  public List<ClaimedResource> policies() {
    return policies;
  }

  private <T extends Resource> List<T> only(Class<T> type) {
    return resources.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** One object a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    resources.values().forEach(resource -> text.append(resource).append('\n'));
    return text.toString();
  }
}
