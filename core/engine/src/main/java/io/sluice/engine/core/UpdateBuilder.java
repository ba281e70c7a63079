package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An update while it is collected. */
final class UpdateBuilder {
  final List<LocalEndpoint> endpoints = new ArrayList<>();
  final Set<EndpointId> endpointsRemoved = new HashSet<>();
  final List<SetDelta<EndpointId>> subjectSets = new ArrayList<>();
  final Set<Integer> subjectSetsRemoved = new HashSet<>();
  final List<SetDelta<IpAddress>> addressSets = new ArrayList<>();
  final Set<Integer> addressSetsRemoved = new HashSet<>();
  final List<Rule> rulesAdded = new ArrayList<>();
  final Set<Long> rulesRemoved = new HashSet<>();

  boolean isEmpty() {
    return endpoints.isEmpty()
        && endpointsRemoved.isEmpty()
        && subjectSets.isEmpty()
        && subjectSetsRemoved.isEmpty()
        && addressSets.isEmpty()
        && addressSetsRemoved.isEmpty()
        && rulesAdded.isEmpty()
        && rulesRemoved.isEmpty();
  }

  Update build(long base, long revision) {
    return new Update(
        base,
        revision,
        endpoints,
        endpointsRemoved,
        subjectSets,
        subjectSetsRemoved,
        addressSets,
        addressSetsRemoved,
        rulesAdded,
        rulesRemoved);
  }
}
