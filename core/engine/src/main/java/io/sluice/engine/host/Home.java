package io.sluice.engine.host;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.Resource;
import io.sluice.engine.core.Locality;
import io.sluice.engine.core.PolicyEngine;
import java.util.Set;
import java.util.stream.Stream;

/** The policy engine for the node that this agent is on. */
final class Home {
  private final Holdings holdings;
  private String node;
  private Set<IpAddress> addresses = Set.of();
  private PolicyEngine engine;

  Home(String node, Holdings holdings) {
    this.node = node;
    this.holdings = holdings;
    engine = new PolicyEngine(Locality.node(node));
  }

  PolicyEngine engine() {
    return engine;
  }

  String node() {
    return node;
  }

  /** The host's own addresses; true if they are others than before. */
  boolean addresses(Set<IpAddress> own) {
    if (own.equals(addresses)) {
      return false;
    }
    addresses = Set.copyOf(own);
    engine.nodeAddresses(addresses);
    return true;
  }

  Set<IpAddress> addresses() {
    return addresses;
  }

  /** Moves to another node: everything is compiled anew, and revisions begin at 1 again. */
  void rehome(String name, Stream<TranslatedPolicy> policies) {
    node = name;
    engine = new PolicyEngine(Locality.node(name));
    engine.nodeAddresses(addresses);
    holdings.all().forEach(this::add);
    policies.forEach(engine::upsert);
  }

  private void add(Resource resource) {
    switch (resource) {
      case Namespace namespace -> engine.upsert(namespace);
      case Node other -> engine.upsert(other);
      case Endpoint endpoint -> engine.upsert(endpoint);
      default -> {
        // A policy: translated ones follow.
      }
    }
  }
}
