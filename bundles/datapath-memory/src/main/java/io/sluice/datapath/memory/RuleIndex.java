package io.sluice.datapath.memory;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ways into the desired state: from an address to the endpoints that hold it, from an endpoint to
 * its rules in the order in which they are asked. Made anew, lazily, after the state has changed: a
 * backend that only answers questions is asked less often than it is told.
 */
final class RuleIndex {
  private record Seat(EndpointId endpoint, Direction direction) {}

  private static final Comparator<Rule> ASKED_ORDER =
      Comparator.comparing(Rule::tier).thenComparingInt(Rule::order).thenComparing(Rule::policy);

  private final Map<IpAddress, List<LocalEndpoint>> holders = new HashMap<>();
  private final Map<EndpointId, Set<Integer>> setsOf = new HashMap<>();
  private final Map<Integer, List<Rule>> bySet = new HashMap<>();
  private final List<Rule> everyone = new ArrayList<>();
  private final Map<Seat, List<Rule>> ordered = new HashMap<>();

  RuleIndex(DesiredState state) {
    for (LocalEndpoint endpoint : state.endpoints().values()) {
      for (IpAddress address : endpoint.addresses()) {
        holders.computeIfAbsent(address, same -> new ArrayList<>()).add(endpoint);
      }
    }
    for (Rule rule : state.rules().values()) {
      switch (rule.subject()) {
        case Subject.Members(int set) -> {
          if (!bySet.containsKey(set)) {
            state.subjects(set).forEach(member -> join(member, set));
          }
          bySet.computeIfAbsent(set, same -> new ArrayList<>()).add(rule);
        }
        case Subject.EveryEndpoint() -> everyone.add(rule);
        case Subject.UnknownPorts() -> {
          // There are no ports here, so none is unknown.
        }
      }
    }
  }

  private void join(EndpointId member, int set) {
    setsOf.computeIfAbsent(member, same -> new HashSet<>()).add(set);
  }

  /** The local endpoints that hold an address. */
  List<LocalEndpoint> holders(IpAddress address) {
    return holders.getOrDefault(address, List.of());
  }

  /** The rules of an endpoint in one direction, tier by tier. */
  List<Rule> rules(EndpointId endpoint, Direction direction) {
    return ordered.computeIfAbsent(new Seat(endpoint, direction), this::order);
  }

  private List<Rule> order(Seat seat) {
    List<Rule> rules = new ArrayList<>(everyone);
    setsOf.getOrDefault(seat.endpoint(), Set.of()).forEach(set -> rules.addAll(inSet(set)));
    rules.removeIf(rule -> rule.direction() != seat.direction());
    rules.sort(ASKED_ORDER);
    return rules;
  }

  private List<Rule> inSet(int set) {
    return bySet.getOrDefault(set, List.of());
  }
}
