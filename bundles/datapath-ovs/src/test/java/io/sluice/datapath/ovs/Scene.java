package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down desired states of a test; holds the system tier from the start. */
final class Scene {
  static final List<PortMatch.Resolved> ANY_SERVICE = List.of(new PortMatch.Any());

  private final List<LocalEndpoint> endpoints = new ArrayList<>();
  private final Map<Integer, Set<EndpointId>> subjects = new HashMap<>();
  private final Map<Integer, Set<IpAddress>> addresses = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private long next = 1;

  Scene(String... nodeAddresses) {
    addresses.put(Snapshot.NODE_ADDRESSES, ips(nodeAddresses));
    Subject everyone = new Subject.EveryEndpoint();
    for (Direction direction : Direction.values()) {
      system(direction, Action.ALLOW, everyone, new PeerMatch.OwnNode(), "own-node");
      system(direction, Action.ALLOW, everyone, new PeerMatch.Self(), "self");
      system(
          direction, Action.DENY, new Subject.UnknownPorts(), new PeerMatch.Any(), "unknown-pods");
    }
  }

  private void system(
      Direction direction, Action action, Subject subject, PeerMatch peer, String name) {
    rules.add(
        new Rule(
            next++,
            Tier.SYSTEM,
            0,
            direction,
            action,
            subject,
            List.of(peer),
            ANY_SERVICE,
            PolicyRef.system(name),
            0));
  }

  static Set<IpAddress> ips(String... texts) {
    Set<IpAddress> ips = new HashSet<>();
    Arrays.stream(texts).map(IpAddress::parse).forEach(ips::add);
    return ips;
  }

  static EndpointId id(String name) {
    return new EndpointId("shop", name, "");
  }

  Scene pod(String name, String... texts) {
    endpoints.add(new LocalEndpoint(id(name), ips(texts)));
    return this;
  }

  Scene subjects(int set, String... names) {
    Set<EndpointId> ids = new HashSet<>();
    Arrays.stream(names).map(Scene::id).forEach(ids::add);
    subjects.put(set, ids);
    return this;
  }

  Scene addresses(int set, String... texts) {
    addresses.put(set, ips(texts));
    return this;
  }

  static PolicyRef policy(String name) {
    return new PolicyRef("NetworkPolicy", "shop", name);
  }

  static PortMatch.Range tcp(int first, int last) {
    return new PortMatch.Range(Protocol.TCP, first, last);
  }

  Rule isolating(Direction direction, int set, String policy) {
    return new Rule(
        next++,
        Tier.NAMESPACED,
        0,
        direction,
        Action.ISOLATE,
        new Subject.Members(set),
        List.of(new PeerMatch.Any()),
        ANY_SERVICE,
        policy(policy),
        -1);
  }

  Rule allowing(
      Direction direction, int set, PeerMatch peer, PortMatch.Resolved service, String policy) {
    return new Rule(
        next++,
        Tier.NAMESPACED,
        0,
        direction,
        Action.ALLOW,
        new Subject.Members(set),
        List.of(peer),
        List.of(service),
        policy(policy),
        0);
  }

  Rule tiered(Tier tier, int order, Direction direction, Action action, int set, PeerMatch peer) {
    return new Rule(
        next++,
        tier,
        order,
        direction,
        action,
        new Subject.Members(set),
        List.of(peer),
        ANY_SERVICE,
        new PolicyRef("ClusterNetworkPolicy", "", "p" + order),
        0);
  }

  Scene with(Rule... more) {
    rules.addAll(List.of(more));
    return this;
  }

  Snapshot at(long revision) {
    return new Snapshot(revision, endpoints, subjects, addresses, rules);
  }

  static Change from(long base) {
    return new Change(base);
  }

  /** An update in the making. */
  static final class Change {
    private final long base;
    private final List<LocalEndpoint> endpoints = new ArrayList<>();
    private final Set<EndpointId> gone = new HashSet<>();
    private final List<SetDelta<EndpointId>> subjects = new ArrayList<>();
    private final List<SetDelta<IpAddress>> addresses = new ArrayList<>();
    private final List<Rule> added = new ArrayList<>();
    private final Set<Long> removed = new HashSet<>();

    private Change(long base) {
      this.base = base;
    }

    Change pod(String name, String... texts) {
      endpoints.add(new LocalEndpoint(id(name), ips(texts)));
      return this;
    }

    Change gone(String name) {
      gone.add(id(name));
      return this;
    }

    Change subjects(int set, Set<String> in, Set<String> out) {
      subjects.add(new SetDelta<>(set, ids(in), ids(out)));
      return this;
    }

    private static Set<EndpointId> ids(Set<String> names) {
      Set<EndpointId> ids = new HashSet<>();
      names.forEach(name -> ids.add(id(name)));
      return ids;
    }

    Change addresses(int set, Set<IpAddress> in, Set<IpAddress> out) {
      addresses.add(new SetDelta<>(set, in, out));
      return this;
    }

    Change add(Rule... rules) {
      added.addAll(List.of(rules));
      return this;
    }

    Change remove(Rule... rules) {
      Arrays.stream(rules).map(Rule::id).forEach(removed::add);
      return this;
    }

    Update update() {
      return new Update(
          base, base + 1, endpoints, gone, subjects, Set.of(), addresses, Set.of(), added, removed);
    }
  }
}
