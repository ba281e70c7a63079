package io.sluice.translator.networkpolicy;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the lists of API types {@code NetworkPolicyIngressRule} and {@code ...EgressRule}. */
final class RuleReader {
  private static final String NO_PORT = "it stands in an item of the list 'ports'";
  private static final String NO_PEER = "it stands in an item of the list of peers";
  private static final Map<String, String> INSIDE =
      Map.of(
          "protocol", NO_PORT,
          "endPort", NO_PORT,
          "podSelector", NO_PEER,
          "namespaceSelector", NO_PEER,
          "ipBlock", NO_PEER);
  private static final KnownFields INGRESS =
      KnownFields.of("from", "ports").notHere(with("to", "an ingress rule has 'from'"));
  private static final KnownFields EGRESS =
      KnownFields.of("to", "ports").notHere(with("from", "an egress rule has 'to'"));

  private RuleReader() {}

  private static Map<String, String> with(String name, String remedy) {
    Map<String, String> all = new java.util.HashMap<>(INSIDE);
    all.put(name, remedy);
    return Map.copyOf(all);
  }

  /** The rules of one direction, as many as could be read. */
  static List<PolicyRule> read(Field list, Direction direction, String namespace) {
    List<PolicyRule> rules = new ArrayList<>();
    for (Field item : list.items()) {
      rules.add(rule(item, direction, namespace, rules.size()));
    }
    return rules;
  }

  private static PolicyRule rule(Field field, Direction direction, String namespace, int index) {
    boolean ingress = direction == Direction.INGRESS;
    Fields fields = field.object(ingress ? INGRESS : EGRESS);
    List<Peer> peers = new ArrayList<>();
    Field peerList = fields.get(ingress ? "from" : "to");
    for (Field item : peerList.items()) {
      PeerReader.read(item, namespace).ifPresent(peers::add);
    }
    List<PortMatch> ports = new ArrayList<>();
    Field portList = fields.get("ports");
    for (Field item : portList.items()) {
      PortReader.read(item).ifPresent(ports::add);
    }
    // Only a list that the author left out or empty means anyone or anything; one whose items
    // could not be read stays empty here, and the report refuses the policy.
    return new PolicyRule(
        direction,
        Action.ALLOW,
        peerList.isEmpty() ? List.of(new Peer.Any()) : peers,
        portList.isEmpty() ? List.of(new PortMatch.Any()) : ports,
        index);
  }
}
