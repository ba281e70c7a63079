package io.sluice.api.control;

import io.sluice.api.policy.PolicyRef;
import java.util.List;

/**
 * The verdict of one side of a packet, and why.
 *
 * @param verdict the verdict
 * @param reason what decided
 * @param policies for {@link Reason#POLICY} the first deciding policy by name; for {@link
 *     Reason#ISOLATION} every policy that isolates, sorted; else empty
 * @param rule where the deciding rule stands in its policy, for example {@code ingress[0]}; empty
 *     if no rule decided
 * @param missing for {@link Reason#ISOLATION} the allow that would be needed, for people; else
 *     empty
 * @param hint for {@link Reason#ISOLATION} the narrowest rule that allows it, as a line of YAML for
 *     the {@code spec} of one of the policies; else empty
 */
public record Decision(
    Verdict verdict,
    Reason reason,
    List<PolicyRef> policies,
    String rule,
    String missing,
    String hint) {
  /** What decided. */
  public enum Reason {
    /** A rule of a policy. */
    POLICY("policy"),
    /** Policies isolate the pod and none allows. */
    ISOLATION("isolation"),
    /** No policy isolates the pod in this direction. */
    DEFAULT("default"),
    /** The other end is the pod's own node. */
    OWN_NODE("own-node"),
    /** The other end is the pod itself. */
    SELF("self"),
    /** This end is no pod, so it has no verdict of its own. */
    NONE("none");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The word that people read. */
    public String text() {
      return text;
    }
  }

  /** Copies the policies. */
  public Decision {
    policies = List.copyOf(policies);
  }

  /** One without a hint. */
  public Decision(
      Verdict verdict, Reason reason, List<PolicyRef> policies, String rule, String missing) {
    this(verdict, reason, policies, rule, missing, "");
  }

  /**
   * What decided, in one word or name: the policies, comma-separated, else the reason's word.
   *
   * @return for example {@code NetworkPolicy/shop/web} or {@code own-node}
   */
  public String by() {
    return policies.isEmpty()
        ? reason.text()
        : String.join(",", policies.stream().map(PolicyRef::toString).toList());
  }
}
