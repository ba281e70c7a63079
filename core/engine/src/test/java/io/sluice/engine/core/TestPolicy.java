package io.sluice.engine.core;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A policy to test with, as a translator would give it. */
final class TestPolicy {
  static final Peer ANYONE = new Peer.Any();
  static final PortMatch ANY_PORT = new PortMatch.Any();

  private final PolicyRef ref;
  private final Tier tier;
  private final int priority;
  private final GroupSelector subject;
  private final Set<Direction> isolates = EnumSet.noneOf(Direction.class);
  private final List<PolicyRule> rules = new ArrayList<>();
  private int ingress;
  private int egress;

  private TestPolicy(PolicyRef ref, Tier tier, int priority, GroupSelector subject) {
    this.ref = ref;
    this.tier = tier;
    this.priority = priority;
    this.subject = subject;
  }

  /** A NetworkPolicy about the pods of its namespace with these labels. */
  static TestPolicy policy(String path, String... labels) {
    return policy(path, selector(labels));
  }

  /** A NetworkPolicy about the pods of its namespace that the selector selects. */
  static TestPolicy policy(String path, LabelSelector pods) {
    int slash = path.indexOf('/');
    String namespace = path.substring(0, slash);
    return new TestPolicy(
        new PolicyRef("NetworkPolicy", namespace, path.substring(slash + 1)),
        Tier.NAMESPACED,
        0,
        new GroupSelector(new NamespaceScope.Named(namespace), pods));
  }

  /** A cluster-wide policy about the pods of all namespaces with these labels. */
  static TestPolicy clusterPolicy(Tier tier, int priority, String name, String... labels) {
    return new TestPolicy(
        new PolicyRef("ClusterNetworkPolicy", "", name),
        tier,
        priority,
        new GroupSelector(NamespaceScope.ALL, selector(labels)));
  }

  TestPolicy isolates(Direction... directions) {
    isolates.addAll(List.of(directions));
    return this;
  }

  /** Isolates for ingress and allows this. */
  TestPolicy from(Peer peer, PortMatch... ports) {
    isolates.add(Direction.INGRESS);
    return rule(Direction.INGRESS, Action.ALLOW, List.of(peer), ports);
  }

  /** Isolates for egress and allows this. */
  TestPolicy to(Peer peer, PortMatch... ports) {
    isolates.add(Direction.EGRESS);
    return rule(Direction.EGRESS, Action.ALLOW, List.of(peer), ports);
  }

  TestPolicy rule(Direction direction, Action action, List<Peer> peers, PortMatch... ports) {
    rules.add(
        new PolicyRule(
            direction,
            action,
            peers,
            ports.length == 0 ? List.of(ANY_PORT) : List.of(ports),
            direction == Direction.INGRESS ? ingress++ : egress++));
    return this;
  }

  TranslatedPolicy translated() {
    return new TranslatedPolicy(ref, tier, priority, subject, isolates, rules);
  }

  static Peer pods(String namespace, String... labels) {
    return pods(namespace, selector(labels));
  }

  static Peer pods(String namespace, LabelSelector pods) {
    return new Peer.Pods(new GroupSelector(new NamespaceScope.Named(namespace), pods));
  }

  static Peer podsWhere(LabelSelector namespaces, String... labels) {
    return podsWhere(namespaces, selector(labels));
  }

  static Peer podsWhere(LabelSelector namespaces, LabelSelector pods) {
    return new Peer.Pods(new GroupSelector(new NamespaceScope.Matching(namespaces), pods));
  }

  static Peer block(String cidr, String... except) {
    return new Peer.Block(Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList());
  }

  static PortMatch tcp(int port) {
    return new PortMatch.Range(Protocol.TCP, port, port);
  }

  static PortMatch named(String name) {
    return new PortMatch.Named(Protocol.TCP, name);
  }

  static LabelSelector selector(String... labels) {
    List<Requirement> requirements = new ArrayList<>();
    for (int i = 0; i < labels.length; i += 2) {
      requirements.add(Requirement.equal(labels[i], labels[i + 1]));
    }
    return new LabelSelector(requirements);
  }
}
