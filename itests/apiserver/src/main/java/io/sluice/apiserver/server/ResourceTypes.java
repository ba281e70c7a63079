package io.sluice.apiserver.server;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The types that are served, and what a client discovers of them. */
final class ResourceTypes {
  private static final Set<String> SUBRESOURCES = Set.of("status", "scale", "finalize");

  private final List<ResourceType> types =
      new CopyOnWriteArrayList<>(
          List.of(
              new ResourceType("", "v1", "namespaces", "Namespace", false),
              new ResourceType("", "v1", "nodes", "Node", false),
              new ResourceType("", "v1", "pods", "Pod", true),
              new ResourceType("", "v1", "services", "Service", true),
              new ResourceType("", "v1", "events", "Event", true),
              new ResourceType("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", true),
              new ResourceType("events.k8s.io", "v1", "events", "Event", true),
              new ResourceType(
                  "networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true)));

  /** Serves one more type, or none of these any more. */
  void add(ResourceType type) {
    types.removeIf(other -> other.plural().equals(type.plural()) && same(other, type));
    types.add(type);
  }

  /** Serves no type of this name any more. */
  void remove(String plural) {
    types.removeIf(type -> type.plural().equals(plural));
  }

  private static boolean same(ResourceType one, ResourceType other) {
    return one.apiVersion().equals(other.apiVersion());
  }

  /** The type of an object that says what it is. */
  Optional<ResourceType> of(String apiVersion, String kind) {
    return types.stream()
        .filter(type -> type.apiVersion().equals(apiVersion) && type.kind().equals(kind))
        .findFirst();
  }

  /** The type of a path. */
  Optional<ResourceType> named(String group, String version, String plural) {
    return types.stream()
        .filter(type -> type.group().equals(group) && type.version().equals(version))
        .filter(type -> type.plural().equals(plural))
        .findFirst();
  }

  /** What a request is about; nothing if there is no such type. */
  Optional<Target> target(String path) {
    for (ResourceType type : types) {
      Optional<Target> target = target(type, path);
      if (target.isPresent()) {
        return target;
      }
    }
    return Optional.empty();
  }

  private static Optional<Target> target(ResourceType type, String path) {
    if (!path.startsWith(type.root() + "/")) {
      return Optional.empty();
    }
    List<String> parts = List.of(path.substring(type.root().length() + 1).split("/", -1));
    String namespace = "";
    if (type.namespaced() && parts.size() > 2 && parts.get(0).equals("namespaces")) {
      namespace = parts.get(1);
      parts = parts.subList(2, parts.size());
    }
    if (!parts.get(0).equals(type.plural())
        || parts.size() > 3
        || (parts.size() == 3 && !SUBRESOURCES.contains(parts.get(2)))) {
      return Optional.empty();
    }
    return Optional.of(
        new Target(
            type,
            namespace,
            parts.size() > 1 ? parts.get(1) : "",
            parts.size() > 2 ? parts.get(2) : ""));
  }

  /** The answer to a discovery request; nothing if this path is none. */
  Optional<String> discovery(String path) {
    if (path.equals("/version")) {
      return Optional.of("{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}");
    }
    if (path.equals("/api")) {
      return Optional.of("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    }
    if (path.equals("/apis")) {
      return Optional.of(groups());
    }
    List<String> resources =
        types.stream()
            .filter(type -> type.root().equals(path))
            .map(ResourceTypes::resource)
            .toList();
    return resources.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\""
                + path.substring(path.startsWith("/apis/") ? 6 : 5)
                + "\",\"resources\":["
                + String.join(",", resources)
                + "]}");
  }

  private String groups() {
    List<String> groups =
        types.stream()
            .filter(type -> !type.group().isEmpty())
            .map(ResourceTypes::group)
            .distinct()
            .toList();
    return "{\"kind\":\"APIGroupList\",\"apiVersion\":\"v1\",\"groups\":["
        + String.join(",", groups)
        + "]}";
  }

  private static String group(ResourceType type) {
    String version =
        "{\"groupVersion\":\"" + type.apiVersion() + "\",\"version\":\"" + type.version() + "\"}";
    return "{\"name\":\""
        + type.group()
        + "\",\"versions\":["
        + version
        + "],\"preferredVersion\":"
        + version
        + "}";
  }

  private static String resource(ResourceType type) {
    return "{\"name\":\""
        + type.plural()
        + "\",\"singularName\":\"\",\"namespaced\":"
        + type.namespaced()
        + ",\"kind\":\""
        + type.kind()
        + "\",\"verbs\":[\"create\",\"delete\",\"get\",\"list\",\"patch\",\"update\",\"watch\"]}";
  }

  /**
   * What a request is about.
   *
   * @param type the type
   * @param namespace the namespace, or empty
   * @param name the object, or empty for the collection
   * @param subresource for example {@code status}, or empty
   */
  record Target(ResourceType type, String namespace, String name, String subresource) {}
}
