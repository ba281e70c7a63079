package io.sluice.manifests;

import io.sluice.api.resource.ResourceKind;

/** Whether the objects of a kind live in a namespace. */
enum Scope {
  NAMESPACED,
  CLUSTER;

  /** The scope of a kind. */
  static Scope of(ResourceKind kind) {
    // AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy.
    boolean cluster =
        kind.equals(ResourceKind.NAMESPACE)
            || kind.equals(ResourceKind.NODE)
            || kind.group().equals("policy.networking.k8s.io");
    return cluster ? CLUSTER : NAMESPACED;
  }
}
