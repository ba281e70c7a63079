package io.sluice.datapath.nftables;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs of one direction: linked lists of chains that share their tails. A link is known by
 * what it does, where it goes on and where a PASS in it goes on, so two endpoints for whom all
 * three are the same have the same link. The sets with the lowest numbers come last, because those
 * are the oldest and so the most common, the namespace's own among them.
 *
 * <p>The kernel refuses paths of more than 16 chains, those by {@code goto} included. So each tier
 * whose order counts is one link, and the namespaced tier has {@link #LINKS} at most: the more
 * there is to do, the more a link does. Links are cut from the tail on, so that what comes at the
 * head leaves the others as they are.
 */
final class Programs {
  /** What a link does before it goes on. */
  private sealed interface Step {
    /** Rules whose order does not matter. */
    record Rules(RuleIndex.Bucket bucket) implements Step {}

    /** One rule of a tier in which order matters. */
    record Ordered(CompiledRule rule) implements Step {}

    /** Refuses. */
    record Isolated(long rule) implements Step {}
  }

  private record Key(List<Step> steps, @Nullable Link next, @Nullable Link pass) {}

  /** A chain of a program. */
  static final class Link {
    private final String name;
    private final Key key;
    private int users;

    private Link(String name, Key key) {
      this.name = name;
      this.key = key;
    }

    String name() {
      return name;
    }
  }

  /**
   * Base chain, judge and entrance come before, two chains that refuse after, three tiers beside.
   */
  private static final int LINKS = 7;

  private final Direction direction;
  private final Names names;
  private final Layout layout;
  private final Ruleset ruleset;
  private final RuleIndex index;
  private final Map<Key, Link> links = new HashMap<>();
  private final Map<RuleIndex.Bucket, Set<Link>> byBucket = new HashMap<>();
  private int next = 1;

  Programs(Direction direction, Names names, Layout layout, Ruleset ruleset, RuleIndex index) {
    this.direction = direction;
    this.names = names;
    this.layout = layout;
    this.ruleset = ruleset;
    this.index = index;
  }

  /**
   * The program of an endpoint; null if it is allowed everything without looking. It stays as long
   * as it is {@link #use used}.
   *
   * @param sets the sets that it is a member of, highest number first
   */
  @Nullable Link program(Collection<Integer> sets) {
    Link baseline = ordered(Tier.BASELINE, sets, null);
    OptionalLong isolation = index.isolation(sets);
    Link link =
        isolation.isPresent()
            ? link(List.of(new Step.Isolated(isolation.getAsLong())), null, null)
            : baseline;
    List<Step> steps = new ArrayList<>();
    for (int set : List.copyOf(sets).reversed()) {
      index.buckets(set).forEach(bucket -> steps.add(new Step.Rules(bucket)));
    }
    int each = 1;
    while (each * LINKS < steps.size()) {
      each *= 2;
    }
    for (int from = 0; from < steps.size(); from += each) {
      List<Step> some = steps.subList(from, Math.min(from + each, steps.size()));
      link = link(List.copyOf(some), link, baseline);
    }
    link = ordered(Tier.ADMIN, sets, link);
    return ordered(Tier.SYSTEM, sets, link);
  }

  private @Nullable Link ordered(Tier tier, Collection<Integer> sets, @Nullable Link after) {
    List<Step> steps = new ArrayList<>();
    for (CompiledRule rule : index.ordered(tier, sets)) {
      if (!rule.matches().isEmpty()) {
        steps.add(new Step.Ordered(rule));
      }
    }
    return steps.isEmpty() ? after : link(steps, after, after);
  }

  private Link link(List<Step> steps, @Nullable Link after, @Nullable Link pass) {
    Key key = new Key(List.copyOf(steps), after, pass);
    Link known = links.get(key);
    if (known != null) {
      return known;
    }
    int number = 2 * next++ + (direction == Direction.EGRESS ? 0 : 1);
    Link link = new Link(names.link(number), key);
    links.put(key, link);
    use(after);
    use(pass);
    for (Step step : steps) {
      if (step instanceof Step.Rules rules) {
        byBucket.computeIfAbsent(rules.bucket(), unused -> new LinkedHashSet<>()).add(link);
      }
    }
    write(link);
    return link;
  }

  /** One user more of a program. */
  void use(@Nullable Link link) {
    if (link != null) {
      link.users++;
    }
  }

  /** One user less; without any it is removed, and what only it went on to. */
  void free(@Nullable Link link) {
    if (link == null || --link.users > 0) {
      return;
    }
    links.remove(link.key);
    for (Step step : link.key.steps()) {
      if (step instanceof Step.Rules rules) {
        byBucket.computeIfPresent(
            rules.bucket(), (unused, all) -> all.remove(link) && all.isEmpty() ? null : all);
      }
    }
    ruleset.dropChain(link.name);
    free(link.key.next());
    free(link.key.pass());
  }

  /** A bucket holds other rules now. */
  void rewrite(RuleIndex.Bucket bucket) {
    byBucket.getOrDefault(bucket, Set.of()).forEach(this::write);
  }

  private void write(Link link) {
    Link pass = link.key.pass();
    String passing = pass == null ? "return" : "goto " + pass.name;
    List<String> lines = new ArrayList<>();
    for (Step step : link.key.steps()) {
      switch (step) {
        case Step.Rules rules ->
            rules.bucket().rules().forEach(rule -> lines.addAll(lines(rule, passing)));
        case Step.Ordered ordered -> lines.addAll(lines(ordered.rule(), passing));
        case Step.Isolated isolated -> {
          lines.add("counter name " + names.counter(isolated.rule()));
          boolean egress = direction == Direction.EGRESS;
          lines.addAll(layout.refusal(new Sample(Sample.Kind.ISOLATED, egress, isolated.rule())));
        }
      }
    }
    Link after = link.key.next();
    if (after != null) {
      lines.add("goto " + after.name);
    }
    ruleset.chain(link.name, lines);
  }

  private List<String> lines(CompiledRule rule, String passing) {
    long id = rule.rule().id();
    String verdict =
        switch (rule.rule().action()) {
          case ALLOW -> "return";
          case DENY -> "goto " + names.denial(id);
          case PASS -> passing;
          case ISOLATE -> throw new IllegalStateException("isolation is no match");
        };
    return rule.lines(names.counter(id), verdict);
  }
}
