package io.sluice.manifests;

import io.sluice.api.resource.ResourceKind;
import java.util.Set;

/**
 * What to read besides Namespace, Node and Pod.
 *
 * @param claimed the kinds that travel as trees
 * @param workloads whether the pod templates of workloads are projected
 */
public record Wanted(Set<ResourceKind> claimed, boolean workloads) {
  /** Copies the kinds. */
  public Wanted {
    claimed = Set.copyOf(claimed);
  }
}
