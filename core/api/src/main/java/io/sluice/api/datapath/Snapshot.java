package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The whole desired state of this node at one revision.
 *
 * @param revision its number, 1 or more
 * @param endpoints the local endpoints
 * @param subjectSets the sets of local endpoints that rules refer to, by number
 * @param addressSets the sets of addresses that rules refer to, by number; always holds {@link
 *     #NODE_ADDRESSES}
 * @param rules the rules, those of the system tier included
 */
public record Snapshot(
    long revision,
    List<LocalEndpoint> endpoints,
    Map<Integer, Set<EndpointId>> subjectSets,
    Map<Integer, Set<IpAddress>> addressSets,
    List<Rule> rules) {
  /** The number of the address set that holds this node's own addresses. */
  public static final int NODE_ADDRESSES = 0;

  /** Copies the collections. */
  public Snapshot {
    endpoints = List.copyOf(endpoints);
    subjectSets = Map.copyOf(subjectSets);
    addressSets = Map.copyOf(addressSets);
    rules = List.copyOf(rules);
  }
}
