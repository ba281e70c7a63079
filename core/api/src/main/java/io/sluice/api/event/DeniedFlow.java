package io.sluice.api.event;

import io.sluice.api.datapath.Denial;
import io.sluice.api.policy.PolicyRef;
import java.time.Instant;
import java.util.List;

/**
 * A packet was denied. Sampled by the datapath and rate-limited by the engine.
 *
 * @param denial what the datapath saw
 * @param time when the engine was told
 * @param from the sender: {@code namespace/pod (address)}, or an address
 * @param to the receiver, likewise
 * @param policies the policies that deny or isolate, sorted; empty if the packet was refused before
 *     any policy
 * @param rule where the rule that denies stands in its policy, for example {@code ingress[0]};
 *     empty for a denial by isolation
 * @param missing for a denial by isolation the allow that would be needed, for people; else empty
 * @param hint for a denial by isolation the narrowest rule that would allow it, as a line of YAML
 *     for the {@code spec} of one of the policies; else empty
 */
public record DeniedFlow(
    Denial denial,
    Instant time,
    String from,
    String to,
    List<PolicyRef> policies,
    String rule,
    String missing,
    String hint) {
  /** The address on the bus. */
  public static final String ADDRESS = "sluice.event.denied-flow";

  /** Copies the policies. */
  public DeniedFlow {
    policies = List.copyOf(policies);
  }
}
