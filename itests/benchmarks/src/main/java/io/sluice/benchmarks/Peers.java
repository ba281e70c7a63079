package io.sluice.benchmarks;

import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A few pods here that admit many elsewhere by one policy, and the events that a pod elsewhere goes
 * or comes.
 */
final class Peers {
  static final int LOCAL = 10;
  static final String NAMESPACE = "shop";

  private final int peers;
  private final PolicyEngine engine = new PolicyEngine(Locality.node("here"));

  /**
   * Loads them.
   *
   * @param peers how many pods are elsewhere
   */
  Peers(int peers) {
    this.peers = peers;
    load();
  }

  PolicyEngine engine() {
    return engine;
  }

  /** The event of this number enters the engine. */
  Update event(int number) {
    Endpoint pod = peer(number / 2 % peers);
    if (number % 2 == 0) {
      engine.remove(pod.key());
    } else {
      engine.upsert(pod);
    }
    return engine.commit().orElseThrow();
  }

  /** Adds a policy of its own for one of the local pods, with a peer that is there and a block. */
  void policy(int number) {
    engine.upsert(
        new TranslatedPolicy(
            new PolicyRef("NetworkPolicy", NAMESPACE, "policy-" + number),
            Tier.NAMESPACED,
            0,
            new GroupSelector(
                new NamespaceScope.Named(NAMESPACE),
                LabelSelector.of(Requirement.equal("name", "here-" + number % LOCAL))),
            Set.of(Direction.INGRESS),
            List.of(
                new PolicyRule(
                    Direction.INGRESS,
                    Action.ALLOW,
                    List.of(
                        new Peer.Pods(
                            new GroupSelector(
                                new NamespaceScope.Named(NAMESPACE),
                                LabelSelector.of(
                                    Requirement.equal("name", "there-" + number % peers)))),
                        new Peer.Block(new Cidr(IpAddress.v4(0xc6120000 + number), 32), List.of())),
                    List.of(
                        new PortMatch.Range(
                            Protocol.TCP, 1024 + number % 60_000, 1024 + number % 60_000)),
                    0))));
  }

  private void load() {
    engine.upsert(new Namespace(NAMESPACE, Map.of(Namespace.NAME_LABEL, NAMESPACE), "bench"));
    for (int i = 0; i < LOCAL; i++) {
      engine.upsert(pod("here-" + i, "here", "server", 0x0a000001 + i));
    }
    for (int i = 0; i < peers; i++) {
      engine.upsert(peer(i));
    }
    engine.upsert(
        new TranslatedPolicy(
            new PolicyRef("NetworkPolicy", NAMESPACE, "servers"),
            Tier.NAMESPACED,
            0,
            group("server"),
            Set.of(Direction.INGRESS),
            List.of(
                new PolicyRule(
                    Direction.INGRESS,
                    Action.ALLOW,
                    List.of(new Peer.Pods(group("client"))),
                    List.of(new PortMatch.Range(Protocol.TCP, 8080, 8080)),
                    0))));
    engine.commit();
  }

  private static GroupSelector group(String app) {
    return new GroupSelector(
        new NamespaceScope.Named(NAMESPACE), LabelSelector.of(Requirement.equal("app", app)));
  }

  private static Endpoint peer(int number) {
    return pod("there-" + number, "there", "client", 0x0a100000 + number);
  }

  private static Endpoint pod(String name, String node, String app, int address) {
    return new Endpoint(
        NAMESPACE,
        name,
        "",
        node,
        Map.of("app", app, "name", name),
        List.of(IpAddress.v4(address)),
        List.of(),
        List.of(),
        Endpoint.Network.POD,
        Endpoint.Lifecycle.LIVE,
        Instant.EPOCH,
        "bench");
  }
}
