package io.sluice.datapath.ovs;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.CompiledRule.Dimension;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The flows of the rules, as the rules and the sets that they refer to come and go. */
final class RuleFlows {
  private final Layout layout;
  private final DesiredState state;
  private final Holders holders;
  private final Conjunctions conjunctions;
  private final RuleIndex index = new RuleIndex();
  private final Tags tags = new Tags();
  private final TreeSet<Integer> unknownTags = new TreeSet<>();
  private final GuardCounts guards = new GuardCounts();
  private final Map<Direction, Map<Tier, Priorities>> priorities = new EnumMap<>(Direction.class);

  RuleFlows(Layout layout, DesiredState state, Holders holders, Conjunctions conjunctions) {
    this.layout = layout;
    this.state = state;
    this.holders = holders;
    this.conjunctions = conjunctions;
    for (Direction direction : Direction.values()) {
      Map<Tier, Priorities> tiers = new EnumMap<>(Tier.class);
      for (Tier tier : Tier.values()) {
        tiers.put(tier, new Priorities());
      }
      priorities.put(direction, tiers);
    }
  }

  GuardCounts guards() {
    return guards;
  }

  Tags tags() {
    return tags;
  }

  RuleIndex index() {
    return index;
  }

  private Priorities priorities(Direction direction, Tier tier) {
    return Optional.ofNullable(priorities.get(direction))
        .map(tiers -> tiers.get(tier))
        .orElseThrow();
  }

  /** Gives the orders of rules that come together evenly spread priorities. */
  void place(Collection<Rule> rules) throws Priorities.Exhausted {
    for (Direction direction : Direction.values()) {
      for (Tier tier : Tier.values()) {
        priorities(direction, tier)
            .place(
                rules.stream()
                    .filter(rule -> rule.direction() == direction && rule.tier() == tier)
                    .map(Rule::order)
                    .toList());
      }
    }
  }

  /** A rule comes; the sets that it refers to are there. */
  void add(Rule rule) throws Priorities.Exhausted {
    Priorities tier = priorities(rule.direction(), rule.tier());
    boolean isolates = rule.action() == Action.ISOLATE;
    CompiledRule compiled =
        new CompiledRule(
            rule,
            tags.assign(rule),
            isolates
                ? layout.isolation(rule.direction())
                : layout.tier(rule.direction(), rule.tier()),
            isolates ? 0 : tier.shared(rule.order()),
            isolates ? 100 : tier.direct(rule.order()));
    index.add(compiled);
    everything(compiled, true);
  }

  /** A rule goes; the sets are still what they were. */
  void remove(long id) {
    index
        .rule(id)
        .ifPresent(
            rule -> {
              everything(rule, false);
              index.remove(rule);
              tags.release(id);
            });
  }

  private void everything(CompiledRule rule, boolean wanted) {
    switch (rule.rule().subject()) {
      case Subject.Members members ->
          state.subjects(members.set()).forEach(endpoint -> subject(rule, endpoint, wanted));
      case Subject.EveryEndpoint everyone ->
          state.endpoints().keySet().forEach(endpoint -> subject(rule, endpoint, wanted));
      // The port table decides; the rule only lends its name.
      case Subject.UnknownPorts unknown -> {
        if (wanted) {
          unknownTags.add(rule.tag());
        } else {
          unknownTags.remove(rule.tag());
        }
        return;
      }
    }
    conjunctions.frame(rule, wanted);
    rule.addressSets()
        .distinct()
        .forEach(set -> state.addresses(set).forEach(address -> address(rule, address, wanted)));
  }

  private void subject(CompiledRule rule, EndpointId endpoint, boolean wanted) {
    conjunctions.subject(rule, holders.of(endpoint), wanted);
    if (rule.guards()) {
      guards.count(endpoint, rule.rule().direction(), wanted);
    }
  }

  private void address(CompiledRule rule, IpAddress address, boolean wanted) {
    if (rule.asks(Dimension.PEER)) {
      conjunctions.peer(rule, Cidr.host(address), wanted);
    }
  }

  /**
   * An endpoint comes or goes, with the addresses that it has now, as subject of all its rules.
   *
   * @param known whether it is a local endpoint, and not only a member of sets so far
   */
  void endpoint(EndpointId endpoint, boolean known, boolean wanted) {
    index.about(endpoint, known).forEach(rule -> subject(rule, endpoint, wanted));
  }

  /** The tag of a rule that denies ports without binding, 0 if there is none. */
  int unknownTag() {
    return unknownTags.isEmpty() ? 0 : unknownTags.first();
  }

  /** An endpoint joins or leaves a set of subjects. */
  void member(int set, EndpointId endpoint, boolean wanted) {
    index.withSubjects(set).forEach(rule -> subject(rule, endpoint, wanted));
  }

  /** An address joins or leaves a set of peers. */
  void address(int set, IpAddress address, boolean wanted) {
    index.withAddresses(set).forEach(rule -> address(rule, address, wanted));
  }
}
