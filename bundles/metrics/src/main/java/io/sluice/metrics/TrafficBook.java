package io.sluice.metrics;

import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.PolicyRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Packets and bytes by policy, which only grow, made of the counters of rules, which come and go: a
 * rule that is compiled anew, or a switch that restarts, begins at zero again. So what a counter
 * has grown by since it was read last is added up.
 *
 * <p>The number of series is bounded: policies are given series of their own in the order of their
 * first packets, until there are as many as configured; the rest is added up under one name. A
 * policy that is gone gives its place back. Not thread-safe.
 */
final class TrafficBook {
  /**
   * A series.
   *
   * @param policy the policy's name, or {@link #OTHERS}
   * @param verdict what became of the packets: {@code allow}, {@code deny} or {@code pass}
   */
  record Series(String policy, String verdict) {}

  /** A sum. */
  record Sum(long packets, long bytes) {
    Sum plus(Sum other) {
      return new Sum(packets + other.packets, bytes + other.bytes);
    }
  }

  /** Stands for the policies without series of their own; no policy is called so. */
  static final String OTHERS = "(others)";

  private record Origin(PolicyRef policy, String verdict) {}

  private record Seen(Origin origin, Sum sum) {}

  private record Growth(Origin origin, Sum sum) {}

  private Map<Long, Origin> origins = Map.of();
  private Map<Long, Seen> seen = new HashMap<>();
  private final Set<PolicyRef> own = new HashSet<>();
  private final Set<PolicyRef> summed = new HashSet<>();
  private final Map<Series, Sum> sums = new HashMap<>();

  /** The rules are these now. */
  void rules(List<Rule> rules) {
    Map<Long, Origin> next = HashMap.newHashMap(rules.size());
    Map<PolicyRef, PolicyRef> policies = new HashMap<>();
    for (Rule rule : rules) {
      policies.putIfAbsent(rule.policy(), rule.policy());
      next.put(rule.id(), new Origin(rule.policy(), verdict(rule.action())));
    }
    origins = next;
    own.removeIf(policy -> !policies.containsKey(policy));
    summed.removeIf(policy -> !policies.containsKey(policy));
    Set<String> names = new HashSet<>();
    own.forEach(policy -> names.add(policy.toString()));
    sums.keySet()
        .removeIf(series -> !series.policy.equals(OTHERS) && !names.contains(series.policy));
  }

  private static String verdict(Action action) {
    return switch (action) {
      case ALLOW -> "allow";
      case PASS -> "pass";
      case DENY, ISOLATE -> "deny";
    };
  }

  /**
   * The counters are these now. Of a rule that {@link #rules} did not name nothing is taken: it is
   * new, and the next reading has all of it.
   *
   * @param limit how many policies have series of their own
   */
  void counters(List<RuleCounter> counters, int limit) {
    Map<Long, Seen> now = HashMap.newHashMap(counters.size());
    List<Growth> grown = new ArrayList<>();
    for (RuleCounter counter : counters) {
      Origin origin = origins.get(counter.rule());
      if (origin == null) {
        continue;
      }
      Sum sum = new Sum(counter.packets(), counter.bytes());
      now.put(counter.rule(), new Seen(origin, sum));
      Sum growth = growth(seen.get(counter.rule()), origin, sum);
      if (growth.packets > 0 || growth.bytes > 0) {
        grown.add(new Growth(origin, growth));
      }
    }
    seen = now;
    if (own.size() > limit) {
      shrink(limit);
    }
    grown.sort(
        Comparator.comparingLong((Growth growth) -> -growth.sum.packets)
            .thenComparing(growth -> growth.origin.policy));
    grown.forEach(growth -> add(growth, limit));
  }

  /** A counter that went back has begun again. */
  private static Sum growth(@Nullable Seen before, Origin origin, Sum now) {
    if (before == null || !before.origin.equals(origin) || now.packets < before.sum.packets) {
      return now;
    }
    return new Sum(now.packets - before.sum.packets, Math.max(0, now.bytes - before.sum.bytes));
  }

  private void shrink(int limit) {
    List<PolicyRef> all = new ArrayList<>(own);
    all.sort(Comparator.naturalOrder());
    for (PolicyRef policy : all.subList(limit, all.size())) {
      own.remove(policy);
      sums.keySet().removeIf(series -> series.policy.equals(policy.toString()));
    }
  }

  private void add(Growth growth, int limit) {
    PolicyRef policy = growth.origin.policy;
    if (!own.contains(policy) && own.size() < limit) {
      own.add(policy);
      summed.remove(policy);
    }
    boolean single = own.contains(policy);
    if (!single) {
      summed.add(policy);
    }
    sums.merge(
        new Series(single ? policy.toString() : OTHERS, growth.origin.verdict),
        growth.sum,
        Sum::plus);
  }

  /** A picture of now. */
  Picture picture() {
    Map<Series, Sum> sorted =
        new TreeMap<>(Comparator.comparing(Series::policy).thenComparing(Series::verdict));
    sorted.putAll(sums);
    return new Picture(sorted, summed.size());
  }

  /**
   * What there is to show.
   *
   * @param sums by series
   * @param summed how many policies have been added up under {@link #OTHERS}
   */
  record Picture(Map<Series, Sum> sums, int summed) {}
}
