package io.sluice.engine.core;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of rules in the tiers where it matters: by priority, then by the policy's name, then by
 * the rule's place. A rule's order is one number, {@code priority | rank | place}, where the rank
 * is the policy's place among those of its priority. So a policy of an own priority never moves
 * another's rules.
 */
final class TierOrder {
  private static final int PLACE_BITS = 8;
  private static final int RANK_BITS = 12;
  private static final int MAX_PRIORITY = 1000;

  private record Level(Tier tier, int priority) {}

  private final Map<Level, List<PolicyRef>> levels = new HashMap<>();

  /**
   * Refuses what has no place in the order.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  void check(TranslatedPolicy policy) {
    switch (policy.tier()) {
      case SYSTEM -> throw bad(policy, "the system tier is built in");
      case NAMESPACED -> {
        if (policy.priority() != 0) {
          throw bad(policy, "no priority in this tier");
        }
      }
      case ADMIN, BASELINE -> {
        if (policy.priority() < 0 || policy.priority() > MAX_PRIORITY) {
          throw bad(policy, "priority " + policy.priority() + " is not within 0 to 1000");
        }
        if (!policy.isolates().isEmpty()) {
          throw bad(policy, "only namespaced policies isolate");
        }
        List<PolicyRef> level =
            levels.getOrDefault(new Level(policy.tier(), policy.priority()), List.of());
        if (level.size() >= 1 << RANK_BITS && !level.contains(policy.policy())) {
          throw bad(policy, "too many policies of priority " + policy.priority());
        }
      }
    }
    for (PolicyRule rule : policy.rules()) {
      if (rule.action() == Action.ISOLATE) {
        throw bad(policy, rule.place() + " isolates");
      }
      if (policy.tier() == Tier.NAMESPACED && rule.action() != Action.ALLOW) {
        throw bad(policy, rule.place() + " does not allow");
      }
      if (rule.index() < 0 || (ordered(policy) && rule.index() >= 1 << PLACE_BITS)) {
        throw bad(policy, rule.place() + " is out of range");
      }
    }
  }

  /** Gives the policy its place; the answer is the policies of its priority whose rank moved. */
  List<PolicyRef> add(TranslatedPolicy policy) {
    if (!ordered(policy)) {
      return List.of();
    }
    List<PolicyRef> level =
        levels.computeIfAbsent(
            new Level(policy.tier(), policy.priority()), key -> new ArrayList<>());
    int at = rank(level, policy.policy());
    level.add(at, policy.policy());
    return List.copyOf(level.subList(at + 1, level.size()));
  }

  /** Takes the policy's place away; the answer is the policies of its priority that moved. */
  List<PolicyRef> remove(TranslatedPolicy policy) {
    if (!ordered(policy)) {
      return List.of();
    }
    Level key = new Level(policy.tier(), policy.priority());
    List<PolicyRef> level = levels.getOrDefault(key, List.of());
    int at = rank(level, policy.policy());
    level.remove(at);
    if (level.isEmpty()) {
      levels.remove(key);
    }
    return List.copyOf(level.subList(at, level.size()));
  }

  /** The order of one of the policy's rules in its tier. */
  int order(TranslatedPolicy policy, PolicyRule rule) {
    if (!ordered(policy)) {
      return 0;
    }
    List<PolicyRef> level =
        levels.getOrDefault(new Level(policy.tier(), policy.priority()), List.of());
    return policy.priority() << (RANK_BITS + PLACE_BITS)
        | rank(level, policy.policy()) << PLACE_BITS
        | rule.index();
  }

  private static boolean ordered(TranslatedPolicy policy) {
    return policy.tier() != Tier.NAMESPACED;
  }

  private static int rank(List<PolicyRef> level, PolicyRef policy) {
    int at = 0;
    while (at < level.size() && level.get(at).compareTo(policy) < 0) {
      at++;
    }
    return at;
  }

  private static IllegalArgumentException bad(TranslatedPolicy policy, String why) {
    return new IllegalArgumentException(policy.policy() + ": " + why);
  }
}
