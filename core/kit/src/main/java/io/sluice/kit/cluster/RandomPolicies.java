package io.sluice.kit.cluster;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes valid policies as their authors write them. */
final class RandomPolicies {
  private final Dice dice;
  private final RandomTrees trees;

  RandomPolicies(Dice dice) {
    this.dice = dice;
    this.trees = new RandomTrees(dice);
  }

  ClaimedResource policy(String namespace, String name) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("apiVersion", "networking.k8s.io/v1");
    content.put("kind", "NetworkPolicy");
    content.put("metadata", Map.of("name", name, "namespace", namespace));
    if (!dice.percent(1)) {
      content.put("spec", spec());
    }
    return new ClaimedResource(
        new ResourceKey(ResourceKind.NETWORK_POLICY, namespace, name), "v1", "", content, "random");
  }

  private Map<String, Object> spec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    Object podSelector = dice.percent(40) ? Map.of() : podSelector();
    trees.putOrNothing(spec, "podSelector", podSelector, Map.of(), 10);
    List<Object> types =
        dice.of(
            List.of("Ingress"),
            List.of("Egress"),
            List.of("Ingress", "Egress"),
            List.of("Egress", "Ingress"),
            List.of("Ingress", "Ingress"));
    trees.putOrNothing(spec, "policyTypes", types, List.of(), 35);
    trees.putOrNothing(spec, "ingress", rules("from"), List.of(), 12);
    trees.putOrNothing(spec, "egress", rules("to"), List.of(), 35);
    return spec;
  }

  private List<Object> rules(String peers) {
    List<Object> rules = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      rules.add(rule(peers));
    }
    return rules;
  }

  private Map<String, Object> rule(String peers) {
    Map<String, Object> rule = new LinkedHashMap<>();
    List<Object> listed = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      listed.add(peer());
    }
    trees.putOrNothing(rule, peers, listed, List.of(), 20);
    List<Object> ports = new ArrayList<>();
    for (int i = dice.between(1, 3); i > 0; i--) {
      ports.add(port());
    }
    trees.putOrNothing(rule, "ports", ports, List.of(), 45);
    return rule;
  }

  private Map<String, Object> peer() {
    Map<String, Object> peer = new LinkedHashMap<>();
    int kind = dice.below(100);
    if (kind < 30) {
      peer.put("ipBlock", block());
      if (dice.percent(10)) {
        peer.put("podSelector", ClaimedResource.NULL);
      }
      return peer;
    }
    if (kind < 75) {
      peer.put("podSelector", dice.percent(35) ? Map.of() : podSelector());
    } else if (dice.percent(10)) {
      peer.put("podSelector", ClaimedResource.NULL);
    }
    if (kind >= 55) {
      peer.put("namespaceSelector", dice.percent(30) ? Map.of() : namespaceSelector());
    }
    return peer;
  }

  private Map<String, Object> podSelector() {
    return trees.selector(Words.LABEL_KEYS, Words.LABEL_VALUES);
  }

  private Map<String, Object> namespaceSelector() {
    return dice.percent(35)
        ? trees.selector(List.of("kubernetes.io/metadata.name"), Words.NAMESPACES)
        : trees.selector(Words.NAMESPACE_KEYS, Words.NAMESPACE_VALUES);
  }

  private Map<String, Object> block() {
    Map<String, Object> block = new LinkedHashMap<>();
    boolean v4 = dice.percent(70);
    String cidr = dice.pick(v4 ? Words.V4_BLOCKS : Words.V6_BLOCKS);
    block.put("cidr", cidr.equals("10.1.0.0/24") && dice.percent(30) ? "10.1.0.77/24" : cidr);
    trees.putOrNothing(block, "except", holes(cidr, v4), List.of(), 50);
    if (block.get("except") instanceof List<?> holes && holes.isEmpty()) {
      block.remove("except");
    }
    return block;
  }

  /** Blocks inside, some of them inside one another, some overlapping a neighbour's base. */
  private List<Object> holes(String cidr, boolean v4) {
    List<String> candidates =
        v4
            ? List.of(
                "10.1.0.0/25",
                "10.1.0.0/29",
                "10.1.0.3/32",
                "10.1.0.4/30",
                "10.1.1.2/31",
                "192.0.2.0/28",
                "172.16.0.1/32",
                "128.0.0.0/1",
                "10.1.0.13/28")
            : List.of(
                "fd00:1::/126",
                "fd00:1::2/128",
                "fd00:1::4/127",
                "2001:db8::/64",
                "fd00:2::1/128",
                "8000::/1");
    List<Object> holes = new ArrayList<>();
    for (String hole : dice.some(candidates, 4)) {
      if (NaiveBlock.parse(cidr).holds(NaiveBlock.parse(hole)) && holes.size() < 3) {
        holes.add(hole);
      }
    }
    return holes;
  }

  private Map<String, Object> port() {
    Map<String, Object> port = new LinkedHashMap<>();
    String protocol = dice.of("TCP", "TCP", "UDP", "SCTP");
    if (!protocol.equals("TCP") || dice.percent(50)) {
      port.put("protocol", protocol);
    } else if (dice.percent(20)) {
      port.put("protocol", ClaimedResource.NULL);
    }
    int kind = dice.below(100);
    if (kind < 40) {
      port.put("port", dice.pick(Words.PORT_NAMES));
    } else if (kind < 85) {
      long first = dice.pick(Words.PORTS);
      port.put("port", first);
      if (dice.percent(35)) {
        port.put("endPort", Math.min(65535, first + dice.of(0, 1, 28, 8000, 65535)));
      }
    } else if (dice.percent(30)) {
      port.put("port", ClaimedResource.NULL);
    }
    return port;
  }
}
