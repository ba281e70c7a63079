package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is worth asking about a cluster: where a verdict may change. */
public final class Questions {
  private static final List<String> RULES = List.of("ingress", "egress");
  private static final int HIGHEST = 65535;

  private Questions() {}

  /** Ends of port ranges, ports that have names, and the neighbours of both. */
  public static Set<Integer> ports(Cluster cluster) {
    Set<Integer> ports = new TreeSet<>(Set.of(1, HIGHEST));
    for (ClaimedResource policy : cluster.policies()) {
      Object spec = Tree.get(policy.content(), "spec");
      for (String rules : RULES) {
        for (Object rule : Tree.list(Tree.get(spec, rules))) {
          for (Object port : Tree.list(Tree.get(rule, "ports"))) {
            add(ports, Tree.get(port, "port"));
            add(ports, Tree.get(port, "endPort"));
          }
        }
      }
    }
    for (Endpoint pod : cluster.endpoints()) {
      for (NamedPort port : pod.ports()) {
        add(ports, (long) port.number());
      }
    }
    return ports;
  }

  private static void add(Set<Integer> ports, Object port) {
    if (port instanceof Long number) {
      for (long near = number - 1; near <= number + 1; near++) {
        if (near >= 1 && near <= HIGHEST) {
          ports.add((int) near);
        }
      }
    }
  }

  /** Addresses of pods, also of finished ones, of nodes, and of nobody. */
  public static Set<IpAddress> addresses(Cluster cluster) {
    Set<IpAddress> addresses = new TreeSet<>(RandomCluster.externals());
    cluster.endpoints().forEach(pod -> addresses.addAll(pod.addresses()));
    cluster.endpoints().forEach(pod -> addresses.addAll(pod.hostAddresses()));
    cluster.nodes().forEach(node -> addresses.addAll(node.addresses()));
    return addresses;
  }
}
