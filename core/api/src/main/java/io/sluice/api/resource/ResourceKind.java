package io.sluice.api.resource;

/**
 * A kind of Kubernetes object, without its version.
 *
 * @param group the API group, empty for the core group
 * @param kind the kind, for example {@code NetworkPolicy}
 */
public record ResourceKind(String group, String kind) implements Comparable<ResourceKind> {
  public static final ResourceKind NAMESPACE = new ResourceKind("", "Namespace");
  public static final ResourceKind NODE = new ResourceKind("", "Node");
  public static final ResourceKind POD = new ResourceKind("", "Pod");
  public static final ResourceKind NETWORK_POLICY =
      new ResourceKind("networking.k8s.io", "NetworkPolicy");

  @Override
  public int compareTo(ResourceKind other) {
    int byGroup = group.compareTo(other.group);
    return byGroup != 0 ? byGroup : kind.compareTo(other.kind);
  }

  @Override
  public String toString() {
    return group.isEmpty() ? kind : kind + "." + group;
  }
}
