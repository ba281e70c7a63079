package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import java.util.List;
import java.util.Set;

/**
 * How one revision becomes the next. Nothing in it depends on an order.
 *
 * @param base the revision that it starts from
 * @param revision the revision that it leads to
 * @param endpoints local endpoints that are new or have other addresses now
 * @param endpointsRemoved local endpoints that are gone
 * @param subjectSets changes of sets of local endpoints
 * @param subjectSetsRemoved sets of local endpoints that no rule refers to any more
 * @param addressSets changes of sets of addresses
 * @param addressSetsRemoved sets of addresses that no rule refers to any more
 * @param rulesAdded new rules
 * @param rulesRemoved the ids of rules that are gone; a rule never changes under its id
 */
public record Update(
    long base,
    long revision,
    List<LocalEndpoint> endpoints,
    Set<EndpointId> endpointsRemoved,
    List<SetDelta<EndpointId>> subjectSets,
    Set<Integer> subjectSetsRemoved,
    List<SetDelta<IpAddress>> addressSets,
    Set<Integer> addressSetsRemoved,
    List<Rule> rulesAdded,
    Set<Long> rulesRemoved) {
  /** Copies the collections. */
  public Update {
    endpoints = List.copyOf(endpoints);
    endpointsRemoved = Set.copyOf(endpointsRemoved);
    subjectSets = List.copyOf(subjectSets);
    subjectSetsRemoved = Set.copyOf(subjectSetsRemoved);
    addressSets = List.copyOf(addressSets);
    addressSetsRemoved = Set.copyOf(addressSetsRemoved);
    rulesAdded = List.copyOf(rulesAdded);
    rulesRemoved = Set.copyOf(rulesRemoved);
  }
}
