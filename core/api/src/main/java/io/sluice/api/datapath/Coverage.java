package io.sluice.api.datapath;

import java.util.Map;
import java.util.Set;

/**
 * Whose traffic a datapath really sees.
 *
 * @param covered endpoints whose every packet passes this datapath
 * @param uncovered the others, each with the reason
 */
public record Coverage(Set<EndpointId> covered, Map<EndpointId, String> uncovered) {
  /** Copies the collections. */
  public Coverage {
    covered = Set.copyOf(covered);
    uncovered = Map.copyOf(uncovered);
  }
}
