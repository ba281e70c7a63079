package io.sluice.kit.datapath;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down a desired state for a test, in few words. Holds the system tier from the start. */
final class RuleScene {
  static final PolicyRef POLICY = new PolicyRef("NetworkPolicy", "shop", "policy");
  static final List<PortMatch.Resolved> ANY_SERVICE = List.of(new PortMatch.Any());

  private final List<LocalEndpoint> endpoints = new ArrayList<>();
  private final Map<Integer, Set<EndpointId>> subjects = new HashMap<>();
  private final Map<Integer, Set<IpAddress>> addresses = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  RuleScene(DatapathRig rig) {
    endpoints.addAll(rig.endpoints());
    addresses.put(Snapshot.NODE_ADDRESSES, Set.of(rig.nodeAddress()));
    for (Direction direction : Direction.values()) {
      system(direction, "own-node", new PeerMatch.OwnNode());
      system(direction, "self", new PeerMatch.Self());
      add(
          Tier.SYSTEM,
          2,
          direction,
          Action.DENY,
          new Subject.UnknownPorts(),
          List.of(new PeerMatch.Any()),
          ANY_SERVICE,
          PolicyRef.system("unknown-ports"));
    }
  }

  private void system(Direction direction, String name, PeerMatch peer) {
    add(
        Tier.SYSTEM,
        rules.size(),
        direction,
        Action.ALLOW,
        new Subject.EveryEndpoint(),
        List.of(peer),
        ANY_SERVICE,
        PolicyRef.system(name));
  }

  RuleScene subjects(int set, LocalEndpoint... members) {
    Set<EndpointId> ids = new HashSet<>();
    for (LocalEndpoint member : members) {
      ids.add(member.id());
    }
    subjects.put(set, ids);
    return this;
  }

  RuleScene addresses(int set, IpAddress... members) {
    addresses.put(set, Set.of(members));
    return this;
  }

  RuleScene isolate(int set, Direction direction) {
    add(
        Tier.NAMESPACED,
        0,
        direction,
        Action.ISOLATE,
        new Subject.Members(set),
        List.of(new PeerMatch.Any()),
        ANY_SERVICE,
        POLICY);
    return this;
  }

  RuleScene allow(int set, Direction direction, PeerMatch peer, PortMatch.Resolved service) {
    add(
        Tier.NAMESPACED,
        0,
        direction,
        Action.ALLOW,
        new Subject.Members(set),
        List.of(peer),
        List.of(service),
        POLICY);
    return this;
  }

  RuleScene rule(
      Tier tier, int order, Direction direction, Action action, int set, PeerMatch peer) {
    add(
        tier,
        order,
        direction,
        action,
        new Subject.Members(set),
        List.of(peer),
        ANY_SERVICE,
        POLICY);
    return this;
  }

  private void add(
      Tier tier,
      int order,
      Direction direction,
      Action action,
      Subject subject,
      List<PeerMatch> peers,
      List<PortMatch.Resolved> services,
      PolicyRef policy) {
    long id = rules.size() + 1L;
    int index = action == Action.ISOLATE ? -1 : 0;
    rules.add(
        new Rule(id, tier, order, direction, action, subject, peers, services, policy, index));
  }

  List<Rule> rules() {
    return List.copyOf(rules);
  }

  Snapshot at(long revision) {
    return new Snapshot(revision, endpoints, subjects, addresses, rules);
  }

  static PortMatch.Range tcp(int port) {
    return new PortMatch.Range(Protocol.TCP, port, port);
  }
}
