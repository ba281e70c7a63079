package io.sluice.datapath.nftables;

import io.sluice.api.policy.Action;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rules of one direction, by the set of endpoints that they are about: in the order of their
 * tier where order counts, and in {@link Bucket}s in the namespaced tier, where it does not.
 */
final class RuleIndex {
  private static final Comparator<CompiledRule> BY_ORDER =
      Comparator.<CompiledRule>comparingInt(each -> each.rule().order())
          .thenComparingLong(each -> each.rule().id());

  /** Some rules about one set of endpoints, whose order does not matter. */
  static final class Bucket {
    /** What a chain does is written anew as a whole, so it is kept short. */
    static final int LIMIT = 32;

    private final Map<Long, CompiledRule> rules = new TreeMap<>();

    Collection<CompiledRule> rules() {
      return rules.values();
    }
  }

  private final Map<Tier, Map<Integer, TreeSet<CompiledRule>>> ordered = new EnumMap<>(Tier.class);
  private final Map<Integer, List<Bucket>> buckets = new HashMap<>();
  private final Map<Integer, TreeSet<Long>> isolating = new HashMap<>();
  private final Map<Long, Bucket> places = new HashMap<>();

  /**
   * A rule comes.
   *
   * @return the bucket that it was put into, if that was there before: then the programs of its
   *     subjects stay as they are
   */
  Optional<Bucket> add(CompiledRule rule) {
    int set = rule.subjects();
    if (rule.rule().action() == Action.ISOLATE) {
      isolating.computeIfAbsent(set, unused -> new TreeSet<>()).add(rule.rule().id());
      return Optional.empty();
    }
    if (rule.rule().tier() != Tier.NAMESPACED) {
      ordered
          .computeIfAbsent(rule.rule().tier(), unused -> new HashMap<>())
          .computeIfAbsent(set, unused -> new TreeSet<>(BY_ORDER))
          .add(rule);
      return Optional.empty();
    }
    List<Bucket> all = buckets.computeIfAbsent(set, unused -> new ArrayList<>());
    // The newest comes first in programs, so that another one leaves the rest as they are.
    Optional<Bucket> room =
        all.reversed().stream().filter(each -> each.rules.size() < Bucket.LIMIT).findFirst();
    Bucket bucket = room.orElseGet(Bucket::new);
    if (room.isEmpty()) {
      all.add(bucket);
    }
    bucket.rules.put(rule.rule().id(), rule);
    places.put(rule.rule().id(), bucket);
    return room;
  }

  /** A rule goes; answers as {@link #add}. */
  Optional<Bucket> remove(CompiledRule rule) {
    int set = rule.subjects();
    long id = rule.rule().id();
    if (rule.rule().action() == Action.ISOLATE) {
      isolating.computeIfPresent(
          set, (unused, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
      return Optional.empty();
    }
    Bucket bucket = places.remove(id);
    if (bucket == null) {
      TreeSet<CompiledRule> rules = ordered.getOrDefault(rule.rule().tier(), Map.of()).get(set);
      if (rules != null) {
        rules.remove(rule);
      }
      return Optional.empty();
    }
    bucket.rules.remove(id);
    if (!bucket.rules.isEmpty()) {
      return Optional.of(bucket);
    }
    buckets.computeIfPresent(
        set, (unused, all) -> all.remove(bucket) && all.isEmpty() ? null : all);
    return Optional.empty();
  }

  /** The rules of a tier whose order counts, about any of these sets. */
  List<CompiledRule> ordered(Tier tier, Collection<Integer> sets) {
    Map<Integer, TreeSet<CompiledRule>> rules = ordered.getOrDefault(tier, Map.of());
    return sets.stream()
        .map(rules::get)
        .filter(java.util.Objects::nonNull)
        .flatMap(TreeSet::stream)
        .sorted(BY_ORDER)
        .toList();
  }

  /** The buckets of the namespaced tier about a set, in the order in which they came. */
  List<Bucket> buckets(int set) {
    return buckets.getOrDefault(set, List.of());
  }

  /** The rule that says that members of any of these sets are isolated; the first, if many do. */
  OptionalLong isolation(Collection<Integer> sets) {
    return sets.stream()
        .map(isolating::get)
        .filter(java.util.Objects::nonNull)
        .mapToLong(TreeSet::first)
        .min();
  }
}
