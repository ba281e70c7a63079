package io.sluice.kit.cluster;

import io.sluice.api.policy.Direction;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import io.sluice.api.resource.Namespace;
import java.util.List;
import java.util.Optional;

/** One policy, read from its tree whenever something is asked of it. */
final class NaivePolicy {
  private final ClaimedResource policy;
  private final Object spec;

  NaivePolicy(ClaimedResource policy) {
    this.policy = policy;
    this.spec = Tree.get(policy.content(), "spec");
  }

  String name() {
    return "NetworkPolicy/" + policy.key().namespace() + "/" + policy.key().name();
  }

  /** Whether this policy isolates a pod in a direction. */
  boolean isolates(Endpoint pod, Direction direction) {
    return pod.namespace().equals(policy.key().namespace())
        && NaiveSelector.selects(Tree.get(spec, "podSelector"), pod.labels())
        && hasType(direction);
  }

  private boolean hasType(Direction direction) {
    List<?> types = Tree.list(Tree.get(spec, "policyTypes"));
    if (types.isEmpty()) {
      return direction == Direction.INGRESS || !Tree.list(Tree.get(spec, "egress")).isEmpty();
    }
    return types.contains(direction == Direction.INGRESS ? "Ingress" : "Egress");
  }

  /**
   * Whether a rule of this policy allows a packet.
   *
   * @param target the pod that the packet goes to, if it goes to one
   */
  boolean allows(NaivePacket packet, Optional<Endpoint> target, List<Namespace> namespaces) {
    boolean ingress = packet.direction() == Direction.INGRESS;
    for (Object rule : Tree.list(Tree.get(spec, ingress ? "ingress" : "egress"))) {
      if (anyPort(Tree.list(Tree.get(rule, "ports")), packet, target)
          && anyPeer(Tree.list(Tree.get(rule, ingress ? "from" : "to")), packet, namespaces)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyPeer(List<?> peers, NaivePacket packet, List<Namespace> namespaces) {
    if (peers.isEmpty()) {
      return true;
    }
    for (Object peer : peers) {
      Object block = Tree.get(peer, "ipBlock");
      if (Tree.given(block) ? inBlock(block, packet.other()) : isPod(peer, packet, namespaces)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inBlock(Object block, NaiveEnd other) {
    if (other.address().isEmpty()) {
      return false;
    }
    byte[] address = other.address().get().bytes();
    for (Object hole : Tree.list(Tree.get(block, "except"))) {
      if (NaiveBlock.parse(Tree.text(hole)).contains(address)) {
        return false;
      }
    }
    return NaiveBlock.parse(Tree.text(Tree.get(block, "cidr"))).contains(address);
  }

  private boolean isPod(Object peer, NaivePacket packet, List<Namespace> namespaces) {
    if (packet.other().peer().isEmpty()) {
      return false;
    }
    Endpoint pod = packet.other().peer().get();
    Object selector = Tree.get(peer, "namespaceSelector");
    boolean inNamespace = false;
    if (Tree.given(selector)) {
      for (Namespace namespace : namespaces) {
        inNamespace |=
            namespace.name().equals(pod.namespace())
                && NaiveSelector.selects(selector, namespace.labels());
      }
    } else {
      inNamespace = pod.namespace().equals(policy.key().namespace());
    }
    return inNamespace && NaiveSelector.selects(Tree.get(peer, "podSelector"), pod.labels());
  }

  private static boolean anyPort(List<?> ports, NaivePacket packet, Optional<Endpoint> target) {
    if (ports.isEmpty()) {
      return true;
    }
    for (Object item : ports) {
      Object protocol = Tree.get(item, "protocol");
      if (isProtocol(Tree.given(protocol) ? Tree.text(protocol) : "TCP", packet.protocol())
          && isPort(item, packet, target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProtocol(String name, int number) {
    return switch (name) {
      case "TCP" -> number == 6;
      case "UDP" -> number == 17;
      case "SCTP" -> number == 132;
      default -> throw new IllegalArgumentException("no protocol: " + name);
    };
  }

  private static boolean isPort(Object item, NaivePacket packet, Optional<Endpoint> target) {
    Object port = Tree.get(item, "port");
    if (!Tree.given(port)) {
      return true;
    }
    if (port instanceof String name) {
      for (NamedPort candidate : target.map(Endpoint::ports).orElse(List.of())) {
        if (candidate.name().equals(name)
            && isProtocol(candidate.protocol().name(), packet.protocol())
            && candidate.number() == packet.port()) {
          return true;
        }
      }
      return false;
    }
    Object endPort = Tree.get(item, "endPort");
    long first = (Long) port;
    long last = Tree.given(endPort) ? (Long) endPort : first;
    return first <= packet.port() && packet.port() <= last;
  }
}
