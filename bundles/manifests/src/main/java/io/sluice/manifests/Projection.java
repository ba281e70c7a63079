package io.sluice.manifests;

import io.sluice.api.resource.ResourceKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an object is read; the rest is skipped while it is parsed, so that nobody ever holds a
 * whole pod.
 */
sealed interface Projection {
  /** The projection of a field's value, or null if the field is skipped. */
  @Nullable Projection field(String name);

  /** Everything. */
  record All() implements Projection {
    @Override
    public Projection field(String name) {
      return this;
    }
  }

  /** Everything but some fields; those within others are projected likewise. */
  record Without(Set<String> skipped, Map<String, Projection> within) implements Projection {
    @Override
    public @Nullable Projection field(String name) {
      return skipped.contains(name) ? null : within.getOrDefault(name, ALL);
    }
  }

  /** These fields only. The elements of a list are projected as the list. */
  record Only(Map<String, Projection> fields) implements Projection {
    @Override
    public @Nullable Projection field(String name) {
      return fields.get(name);
    }
  }

  /** All fields. */
  Projection ALL = new All();

  /** What names an object, and its resource version. */
  Projection KEY =
      only(Map.of("metadata", only(Map.of("name", ALL, "namespace", ALL, "resourceVersion", ALL))));

  /** A failure (API type Status). */
  Projection STATUS = only(Map.of("code", ALL, "reason", ALL, "message", ALL));

  private static Projection only(Map<String, Projection> fields) {
    return new Only(fields);
  }

  /** What is read of the objects of a kind. */
  static Projection of(ResourceKind kind) {
    Projection metadata =
        only(
            Map.of(
                "name", ALL,
                "namespace", ALL,
                "uid", ALL,
                "labels", ALL,
                "creationTimestamp", ALL,
                "resourceVersion", ALL));
    if (kind.equals(ResourceKind.NAMESPACE)) {
      return only(Map.of("metadata", metadata));
    }
    if (kind.equals(ResourceKind.NODE)) {
      return only(Map.of("metadata", metadata, "status", only(Map.of("addresses", ALL))));
    }
    if (kind.equals(ResourceKind.POD)) {
      Projection ports = only(Map.of("containerPort", ALL, "name", ALL, "protocol", ALL));
      Projection containers = only(Map.of("ports", ports, "restartPolicy", ALL));
      Projection spec =
          only(
              Map.of(
                  "nodeName", ALL,
                  "hostNetwork", ALL,
                  "containers", containers,
                  "initContainers", containers));
      Projection status =
          only(
              Map.of(
                  "phase", ALL,
                  "podIP", ALL,
                  "podIPs", ALL,
                  "hostIP", ALL,
                  "hostIPs", ALL,
                  "startTime", ALL));
      return only(Map.of("metadata", metadata, "spec", spec, "status", status));
    }
    // The server's own bookkeeping changes without a change of meaning.
    return new Without(
        Set.of(), Map.of("metadata", new Without(Set.of("managedFields", "selfLink"), Map.of())));
  }
}
