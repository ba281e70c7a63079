package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The name servers of the cluster, as far as they can be told by the labels that all installations
 * give them, and whether rules let a pod reach one.
 */
final class NameServers {
  private static final int DNS = 53;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final Set<String> APPS = Set.of("kube-dns", "coredns", "node-local-dns");

  private final List<Slot> servers = new ArrayList<>();
  private final Set<String> nodes = new HashSet<>();
  private final Set<Integer> ports = new HashSet<>(Set.of(DNS));

  /** A pod: remembered if it is a name server. */
  void look(Slot slot) {
    Map<String, String> labels = slot.endpoint.labels();
    if (!APPS.contains(labels.getOrDefault("k8s-app", ""))
        && !labels.getOrDefault("app.kubernetes.io/name", "").equals("coredns")) {
      return;
    }
    if (slot.endpoint.network() == Endpoint.Network.HOST) {
      nodes.add(slot.endpoint.nodeName());
      return;
    }
    servers.add(slot);
    slot.endpoint.ports().stream()
        .filter(port -> port.name().startsWith("dns"))
        .map(NamedPort::number)
        .forEach(ports::add);
  }

  /** Whether a name server answers on this node, which its pods always reach. */
  boolean isOn(String node) {
    return nodes.contains(node);
  }

  /**
   * Whether rules allow egress to a name server. Without any that is known, whatever is allowed on
   * its port counts.
   */
  boolean areReachedBy(SubjectRules rules) {
    SubjectRules.Side egress = rules.side(Direction.EGRESS);
    return egress.admin().stream().anyMatch(this::leadsTo)
        || egress.allows().stream().anyMatch(this::leadsTo);
  }

  private boolean leadsTo(CompiledRule rule) {
    if (rule.source().action() != Action.ALLOW) {
      return false;
    }
    boolean explicit = isExplicit(rule);
    if (!explicit && rule.services().stream().noneMatch(NameServers::isWide)) {
      return false;
    }
    return rule.peers().stream().anyMatch(peer -> leadsTo(peer, explicit));
  }

  /** Whether it speaks of the port itself. */
  private boolean isExplicit(CompiledRule rule) {
    for (PortMatch.Resolved service : rule.services()) {
      if (service instanceof PortMatch.Range range && !range.isAll() && isDns(range)) {
        return true;
      }
    }
    return rule.names().stream()
        .anyMatch(
            name ->
                isTransport(name.protocol.number())
                    && servers.stream()
                        .anyMatch(slot -> ports.stream().anyMatch(p -> name.is(p, slot.number))));
  }

  private boolean isDns(PortMatch.Range range) {
    return isTransport(range.protocol().number())
        && ports.stream().anyMatch(port -> range.first() <= port && port <= range.last());
  }

  private static boolean isWide(PortMatch.Resolved service) {
    return switch (service) {
      case PortMatch.Any any -> true;
      case PortMatch.Range range -> range.isAll() && isTransport(range.protocol().number());
    };
  }

  private static boolean isTransport(int protocol) {
    return protocol == UDP || protocol == TCP;
  }

  private boolean leadsTo(PeerTerm peer, boolean explicit) {
    return switch (peer) {
      case PeerTerm.Anyone anyone -> true;
      case PeerTerm.Pods(Group group) ->
          servers.isEmpty()
              ? explicit || group.size() > 0
              : servers.stream().anyMatch(group::contains);
      case PeerTerm.Blocks blocks -> explicit || servers.isEmpty() || covers(blocks);
    };
  }

  private boolean covers(PeerTerm.Blocks blocks) {
    for (Slot server : servers) {
      for (IpAddress address : server.endpoint.addresses()) {
        if (blocks.contains(address)) {
          return true;
        }
      }
    }
    return false;
  }
}
