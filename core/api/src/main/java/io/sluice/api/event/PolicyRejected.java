package io.sluice.api.event;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * A version of a policy was rejected.
 *
 * @param policy the policy
 * @param lastGood whether an earlier version stays in force; if not, the last problem is the alarm
 *     that names the pods it leaves unprotected
 * @param problems why, each with its remedy
 */
public record PolicyRejected(PolicyRef policy, boolean lastGood, List<Problem> problems) {
  /** The address on the bus. */
  public static final String ADDRESS = "sluice.event.policy-rejected";

  /** Copies the problems. */
  public PolicyRejected {
    problems = List.copyOf(problems);
  }
}
