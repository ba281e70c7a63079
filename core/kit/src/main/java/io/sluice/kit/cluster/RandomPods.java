package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import io.sluice.api.resource.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes pods of every sort that a cluster has. */
final class RandomPods {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private final Dice dice;

  RandomPods(Dice dice) {
    this.dice = dice;
  }

  Endpoint pod(Cluster cluster, String namespace, String name) {
    boolean scheduled = dice.percent(95);
    String node = scheduled ? dice.pick(Words.NODES) : "";
    boolean host = scheduled && dice.percent(8);
    List<IpAddress> hostAddresses = nodeAddresses(cluster, node);
    return new Endpoint(
        namespace,
        name,
        dice.percent(90) ? "uid-" + dice.below(1_000_000) : "",
        node,
        labels(Words.LABEL_KEYS, Words.LABEL_VALUES),
        host ? hostAddresses : scheduled ? addresses(cluster) : List.of(),
        hostAddresses,
        ports(),
        host ? Endpoint.Network.HOST : Endpoint.Network.POD,
        dice.percent(8) ? Endpoint.Lifecycle.FINISHED : Endpoint.Lifecycle.LIVE,
        started(),
        "random");
  }

  /** A start time, whole seconds as in the API; few, so that some are equal. */
  Instant started() {
    return EPOCH.plusSeconds(dice.below(60));
  }

  Map<String, String> labels(List<String> keys, List<String> values) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String key : keys) {
      if (dice.percent(60)) {
        labels.put(key, dice.pick(values));
      }
    }
    return labels;
  }

  private static List<IpAddress> nodeAddresses(Cluster cluster, String name) {
    Optional<Node> node =
        cluster.nodes().stream().filter(candidate -> candidate.name().equals(name)).findFirst();
    return node.map(Node::addresses).orElse(List.of());
  }

  /** Mostly free addresses of one or two families; sometimes one that another pod has, or none. */
  List<IpAddress> addresses(Cluster cluster) {
    int kind = dice.below(100);
    List<IpAddress> addresses = new ArrayList<>();
    if (kind < 85) {
      addresses.add(address(cluster, dice.percent(70) ? Words.V4_PODS : Words.V4_MORE_PODS));
    }
    if (kind >= 50 && kind < 94) {
      addresses.add(address(cluster, Words.V6_PODS));
    }
    return dice.percent(80) ? addresses : addresses.reversed();
  }

  private IpAddress address(Cluster cluster, String network) {
    Set<IpAddress> used = new HashSet<>();
    cluster.endpoints().forEach(endpoint -> used.addAll(endpoint.addresses()));
    boolean reuse = dice.percent(10);
    IpAddress address = IpAddress.parse(network + dice.between(1, 9));
    for (int tries = 0; tries < 30 && used.contains(address) != reuse; tries++) {
      address = IpAddress.parse(network + dice.between(1, reuse ? 9 : 9 + tries));
    }
    return address;
  }

  /** Named ports of several containers: one name may have several numbers and protocols. */
  List<NamedPort> ports() {
    Set<NamedPort> ports = new LinkedHashSet<>();
    for (int i = dice.below(4); i > 0; i--) {
      Protocol protocol = dice.of(Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.SCTP);
      ports.add(new NamedPort(protocol, dice.pick(Words.PORT_NAMES), dice.pick(Words.PORTS)));
    }
    return List.copyOf(ports);
  }
}
