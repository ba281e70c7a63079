package io.sluice.api.control;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * A policy, for people.
 *
 * @param policy its name
 * @param id its number in the policy store, for labels and logs; 0 while no store has numbered it
 * @param state whether it is in force
 * @param subjects how many endpoints it selects
 * @param localSubjects how many of them are on this node
 * @param rules how many compiled rules it has
 * @param packets packets that its rules matched on this node
 * @param problems why its last version was rejected, and warnings
 */
public record PolicyInfo(
    PolicyRef policy,
    int id,
    State state,
    int subjects,
    int localSubjects,
    int rules,
    long packets,
    List<Problem> problems) {
  /** Whether a policy is in force. */
  public enum State {
    /** As written. */
    ACTIVE,
    /** The last version was rejected; the one before it is in force. */
    LAST_GOOD,
    /** Rejected, and there is no earlier version: the pods it is meant for are not protected. */
    REJECTED
  }

  /** Copies the problems. */
  public PolicyInfo {
    problems = List.copyOf(problems);
  }
}
