package io.sluice.api.datapath;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.List;

/**
 * A compiled rule: matches a packet if its subject, one of its peers and one of its services do. An
 * empty list matches nothing.
 *
 * @param id its number; never used again for another rule while the agent runs
 * @param tier its tier
 * @param order its place in the tier, lower first; rules of equal order never contradict each other
 *     (0 for all in {@link Tier#NAMESPACED})
 * @param direction the direction
 * @param action what to do
 * @param subject whom it is about
 * @param peers the other ends
 * @param services protocols and destination ports
 * @param policy the policy it comes from
 * @param index the place in the policy's text, from 0; -1 for ISOLATE
 */
public record Rule(
    long id,
    Tier tier,
    int order,
    Direction direction,
    Action action,
    Subject subject,
    List<PeerMatch> peers,
    List<PortMatch.Resolved> services,
    PolicyRef policy,
    int index) {
  /** Copies the lists. */
  public Rule {
    peers = List.copyOf(peers);
    services = List.copyOf(services);
  }
}
