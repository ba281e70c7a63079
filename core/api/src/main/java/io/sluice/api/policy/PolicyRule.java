package io.sluice.api.policy;

import java.util.List;

/**
 * One rule of a policy, as a dialect says it.
 *
 * <p>It matches a packet if one of its peers and one of its ports does; an empty list matches
 * nothing.
 *
 * @param direction the direction
 * @param action what to do; never {@link Action#ISOLATE}, which {@link TranslatedPolicy#isolates}
 *     says
 * @param peers the other ends
 * @param ports the destination ports
 * @param index the rule's place in the list of its direction in the policy's text, from 0
 */
public record PolicyRule(
    Direction direction, Action action, List<Peer> peers, List<PortMatch> ports, int index) {
  /** Copies the lists. */
  public PolicyRule {
    peers = List.copyOf(peers);
    ports = List.copyOf(ports);
  }

  /** Where it stands in the policy's text, for example {@code ingress[0]}. */
  public String place() {
    return (direction == Direction.INGRESS ? "ingress[" : "egress[") + index + "]";
  }
}
