package io.sluice.api.event;

import io.sluice.api.datapath.Denial;
import io.sluice.api.policy.PolicyRef;
import java.util.List;

/**
 * A packet was denied. Sampled by the datapath and rate-limited by the engine.
 *
 * @param denial what the datapath saw
 * @param policies the policies that deny or isolate, sorted; empty if the packet was refused before
 *     any policy
 * @param missing for a denial by isolation the allow that would be needed, for people; else empty
 */
public record DeniedFlow(Denial denial, List<PolicyRef> policies, String missing) {
  /** The address on the bus. */
  public static final String ADDRESS = "sluice.event.denied-flow";

  /** Copies the policies. */
  public DeniedFlow {
    policies = List.copyOf(policies);
  }
}
