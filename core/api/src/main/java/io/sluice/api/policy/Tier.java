package io.sluice.api.policy;

/** The tiers, in the order in which they are asked. */
public enum Tier {
  /** Built in: own node, self, ports of unknown pods. */
  SYSTEM,
  /** Cluster-wide policies that come before NetworkPolicy. */
  ADMIN,
  /** NetworkPolicy: allows, and isolation of the pods that are selected. */
  NAMESPACED,
  /** Cluster-wide policies for pods that no NetworkPolicy isolates. */
  BASELINE
}
