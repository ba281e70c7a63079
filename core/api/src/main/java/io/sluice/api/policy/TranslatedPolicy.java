package io.sluice.api.policy;

import io.sluice.api.selector.GroupSelector;
import java.util.List;
import java.util.Set;

/**
 * A policy, translated.
 *
 * @param policy its name
 * @param tier the tier of all of its rules; {@link Tier#SYSTEM} is the engine's own. In {@link
 *     Tier#NAMESPACED} every rule allows, and what no rule allows is denied to those that the
 *     policy {@code isolates}; in the other two a rule may also deny or pass
 * @param priority the priority of all of its rules in the tier, 0 to {@value #LAST_PRIORITY}, lower
 *     first; 0 in {@link Tier#NAMESPACED}. Policies of one priority are asked in the order of their
 *     names, and a policy's rules in the order of its text
 * @param subject the pods that it is about
 * @param isolates the directions in which the subjects are isolated; {@link Tier#NAMESPACED} only
 * @param rules its rules, in the order of its text; at most 256 a direction outside of {@link
 *     Tier#NAMESPACED}
 */
public record TranslatedPolicy(
    PolicyRef policy,
    Tier tier,
    int priority,
    GroupSelector subject,
    Set<Direction> isolates,
    List<PolicyRule> rules) {
  /** The priority that is asked last. */
  public static final int LAST_PRIORITY = 1000;

  /** Copies the collections. */
  public TranslatedPolicy {
    isolates = Set.copyOf(isolates);
    rules = List.copyOf(rules);
  }
}
