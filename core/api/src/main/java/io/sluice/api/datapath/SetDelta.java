package io.sluice.api.datapath;

import java.util.Set;

/**
 * How a set changes. A set that was not there begins empty.
 *
 * @param set the set's number
 * @param added what comes, disjoint from what was there
 * @param removed what goes, all of it was there
 * @param <T> {@link io.sluice.api.net.IpAddress} or {@link EndpointId}
 */
public record SetDelta<T>(int set, Set<T> added, Set<T> removed) {
  /** Copies the sets. */
  public SetDelta {
    added = Set.copyOf(added);
    removed = Set.copyOf(removed);
  }
}
