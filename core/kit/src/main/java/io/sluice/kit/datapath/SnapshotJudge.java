package io.sluice.kit.datapath;

import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Judges packets by a snapshot, step by step as the documentation of {@code io.sluice.api.datapath}
 * says it; slow, and without an index that could be wrong.
 */
final class SnapshotJudge {
  private final Snapshot snapshot;

  SnapshotJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Whether a new connection is allowed at every local endpoint that it leaves or reaches. */
  boolean passes(IpAddress from, IpAddress to, Protocol protocol, int port) {
    return snapshot.endpoints().stream()
        .allMatch(
            endpoint ->
                (!endpoint.addresses().contains(from)
                        || allows(endpoint, Direction.EGRESS, to, protocol, port))
                    && (!endpoint.addresses().contains(to)
                        || allows(endpoint, Direction.INGRESS, from, protocol, port)));
  }

  private boolean allows(
      LocalEndpoint endpoint, Direction direction, IpAddress other, Protocol protocol, int port) {
    List<Rule> rules =
        snapshot.rules().stream()
            .filter(rule -> rule.direction() == direction && isAbout(rule.subject(), endpoint))
            .sorted(Comparator.comparingInt(Rule::order))
            .toList();
    for (Tier tier : Tier.values()) {
      List<Rule> here = rules.stream().filter(rule -> rule.tier() == tier).toList();
      for (Rule rule : here) {
        if (rule.action() != Action.ISOLATE
            && serves(rule, protocol, port)
            && rule.peers().stream().anyMatch(peer -> meets(peer, endpoint, other))) {
          if (rule.action() == Action.PASS) {
            here = List.of();
            break;
          }
          return rule.action() == Action.ALLOW;
        }
      }
      if (here.stream().anyMatch(rule -> rule.action() == Action.ISOLATE)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAbout(Subject subject, LocalEndpoint endpoint) {
    return switch (subject) {
      case Subject.Members(int set) ->
          snapshot.subjectSets().getOrDefault(set, Set.of()).contains(endpoint.id());
      case Subject.EveryEndpoint() -> true;
      case Subject.UnknownPorts() -> false;
    };
  }

  private static boolean serves(Rule rule, Protocol protocol, int port) {
    return rule.services().stream()
        .anyMatch(
            service ->
                switch (service) {
                  case PortMatch.Any() -> true;
                  case PortMatch.Range(Protocol own, int first, int last) ->
                      own == protocol && first <= port && port <= last;
                });
  }

  private boolean meets(PeerMatch peer, LocalEndpoint endpoint, IpAddress other) {
    return switch (peer) {
      case PeerMatch.Any() -> true;
      case PeerMatch.Addresses(int set) -> addresses(set).contains(other);
      case PeerMatch.Block(var cidr) -> cidr.contains(other);
      case PeerMatch.OwnNode() -> addresses(Snapshot.NODE_ADDRESSES).contains(other);
      case PeerMatch.Self() -> endpoint.addresses().contains(other);
    };
  }

  private Set<IpAddress> addresses(int set) {
    return snapshot.addressSets().getOrDefault(set, Set.of());
  }
}
