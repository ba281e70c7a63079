package io.sluice.api.resource;

/**
 * What names an object.
 *
 * @param kind its kind
 * @param namespace its namespace, empty for cluster-scoped kinds
 * @param name its {@code metadata.name}
 */
public record ResourceKey(ResourceKind kind, String namespace, String name)
    implements Comparable<ResourceKey> {
  @Override
  public int compareTo(ResourceKey other) {
    int byKind = kind.compareTo(other.kind);
    if (byKind != 0) {
      return byKind;
    }
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /** {@code Kind/namespace/name}, or {@code Kind/name} for cluster-scoped kinds. */
  @Override
  public String toString() {
    return namespace.isEmpty()
        ? kind.kind() + "/" + name
        : kind.kind() + "/" + namespace + "/" + name;
  }
}
