package io.sluice.engine.core;

import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import java.util.List;

/**
 * A policy's rule with its words looked up: groups instead of selectors, blocks without exceptions,
 * named ports instead of names. The exporter turns it into rules for a datapath and the judge asks
 * it about packets; nobody reads {@link #source} for its meaning again.
 *
 * @param policy the policy it belongs to
 * @param source the rule as translated
 * @param peers the other ends
 * @param services the ports that need no look-up
 * @param names the named ports; for ingress looked up on the subject, for egress on the peer
 */
record CompiledRule(
    CompiledPolicy policy,
    PolicyRule source,
    List<PeerTerm> peers,
    List<PortMatch.Resolved> services,
    List<PortName> names) {
  /** Identity: two rules with the same text are still two rules. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
