package io.sluice.engine.core;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PolicyRule;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.api.policy.TranslatedPolicy;
import io.sluice.api.selector.GroupSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Policies without which nothing would change, because another one with the same selector isolates
 * as much and has each of their rules. Rules that are merely wider are not looked for: that would
 * need every pair of peers to be compared.
 */
final class Redundancy {
  /** Of more policies with one selector only equal ones are found. */
  private static final int COMPARED = 100;

  private record Words(Direction direction, Action action, Set<Peer> peers, Set<PortMatch> ports) {
    private static Words of(PolicyRule rule) {
      return new Words(
          rule.direction(), rule.action(), Set.copyOf(rule.peers()), Set.copyOf(rule.ports()));
    }
  }

  private record Meaning(PolicyRef policy, Set<Direction> isolates, Set<Words> rules) {
    private static Meaning of(TranslatedPolicy policy) {
      return new Meaning(
          policy.policy(),
          policy.isolates(),
          policy.rules().stream().map(Words::of).collect(Collectors.toUnmodifiableSet()));
    }

    private boolean holds(Meaning other) {
      return isolates.containsAll(other.isolates) && rules.containsAll(other.rules);
    }

    private Meaning nameless() {
      return new Meaning(PolicyRef.system(""), isolates, rules);
    }
  }

  private Redundancy() {}

  static List<Finding> among(List<TranslatedPolicy> policies) {
    Map<GroupSelector, List<Meaning>> bySubject = new HashMap<>();
    policies.stream()
        .filter(policy -> policy.tier() == Tier.NAMESPACED)
        .sorted(Comparator.comparing(TranslatedPolicy::policy))
        .forEach(
            policy ->
                bySubject
                    .computeIfAbsent(policy.subject(), key -> new ArrayList<>(1))
                    .add(Meaning.of(policy)));
    List<Finding> findings = new ArrayList<>();
    for (List<Meaning> same : bySubject.values()) {
      if (same.size() > COMPARED) {
        equal(same, findings);
      } else if (same.size() > 1) {
        held(same, findings);
      }
    }
    return findings;
  }

  private static void equal(List<Meaning> same, List<Finding> findings) {
    Map<Meaning, PolicyRef> first = new HashMap<>();
    for (Meaning meaning : same) {
      PolicyRef other = first.putIfAbsent(meaning.nameless(), meaning.policy());
      if (other != null) {
        findings.add(finding(meaning.policy(), other));
      }
    }
  }

  /** Of two that mean the same, the first by name is the one that is kept. */
  private static void held(List<Meaning> same, List<Finding> findings) {
    for (int i = 0; i < same.size(); i++) {
      for (int j = 0; j < same.size(); j++) {
        if (i != j
            && same.get(j).holds(same.get(i))
            && (j < i || !same.get(i).holds(same.get(j)))) {
          findings.add(finding(same.get(i).policy(), same.get(j).policy()));
          break;
        }
      }
    }
  }

  private static Finding finding(PolicyRef policy, PolicyRef other) {
    return new Finding(
        "redundant-policy",
        Severity.HINT,
        policy.toString(),
        "",
        "nothing would change without it: "
            + other
            + " selects the same pods, isolates them as well and has all of its rules",
        "delete it, or nothing if it is kept on purpose");
  }
}
