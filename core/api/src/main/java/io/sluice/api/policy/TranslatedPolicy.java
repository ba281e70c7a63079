package io.sluice.api.policy;

import io.sluice.api.selector.GroupSelector;
import java.util.List;
import java.util.Set;

/**
 * A policy, translated.
 *
 * @param policy its name
 * @param tier the tier of all of its rules
 * @param priority the priority of all of its rules in the tier, lower first; 0 in {@link
 *     Tier#NAMESPACED}
 * @param subject the pods that it is about
 * @param isolates the directions in which the subjects are isolated; {@link Tier#NAMESPACED} only
 * @param rules its rules, in the order of its text
 */
public record TranslatedPolicy(
    PolicyRef policy,
    Tier tier,
    int priority,
    GroupSelector subject,
    Set<Direction> isolates,
    List<PolicyRule> rules) {
  /** Copies the collections. */
  public TranslatedPolicy {
    isolates = Set.copyOf(isolates);
    rules = List.copyOf(rules);
  }
}
