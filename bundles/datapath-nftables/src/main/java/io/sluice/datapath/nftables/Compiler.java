package io.sluice.datapath.nftables;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps a {@link Ruleset} at what the rules, sets, endpoints and interfaces say. An update touches
 * what it changes: elements of sets, the chains of rules that come and go, the programs of
 * endpoints whose sets are others. Pure and not thread-safe.
 */
final class Compiler {
  private final Names names;
  private final Layout layout;
  private final Ruleset ruleset;
  private final DesiredState state = new DesiredState();
  private final Set<Family> families;
  private final Holders holders = new Holders();
  private final Map<Long, CompiledRule> rules = new HashMap<>();
  private final Map<EndpointId, TreeSet<Integer>> memberships = new HashMap<>();
  private final Map<Integer, Set<EndpointId>> subjects = new HashMap<>();
  private final PeerSets peers;
  private final Entrances entrances;
  private final Map<Direction, Side> sides;
  private final Set<EndpointId> dirty = new LinkedHashSet<>();
  private boolean systemDirty = true;
  private Bound bound = Bound.NONE;

  /** What there is of each direction. */
  private static final class Side {
    private final RuleIndex index = new RuleIndex();
    private final Programs programs;
    private final Map<EndpointId, Programs.Link> of = new HashMap<>();

    Side(Direction direction, Names names, Layout layout, Ruleset ruleset) {
      programs = new Programs(direction, names, layout, ruleset, index);
    }
  }

  private Compiler(Settings settings, Names names, Snapshot snapshot) {
    this.names = names;
    this.layout = new Layout(settings, names);
    this.ruleset = new Ruleset(settings.home().table(), Layout.HOOKS);
    this.families = families(snapshot.endpoints());
    this.peers = new PeerSets(names, ruleset, families);
    this.entrances = new Entrances(names, layout, ruleset);
    this.sides =
        Map.of(
            Direction.EGRESS, new Side(Direction.EGRESS, names, layout, ruleset),
            Direction.INGRESS, new Side(Direction.INGRESS, names, layout, ruleset));
    layout.frame(ruleset);
  }

  /** Compiles all of a snapshot. */
  static Compiler of(Settings settings, Names names, Snapshot snapshot, Bound bound) {
    Compiler compiler = new Compiler(settings, names, snapshot);
    compiler.state.reset(snapshot);
    snapshot.subjectSets().forEach((set, ids) -> ids.forEach(id -> compiler.member(set, id, true)));
    snapshot.endpoints().forEach(compiler::endpoint);
    snapshot.rules().forEach(compiler::add);
    compiler.bind(bound);
    compiler.settle();
    return compiler;
  }

  private static Set<Family> families(Collection<LocalEndpoint> endpoints) {
    Set<Family> families = EnumSet.noneOf(Family.class);
    endpoints.forEach(each -> each.addresses().forEach(ip -> families.add(ip.family())));
    return families;
  }

  /**
   * Whether an update can be applied to what there is. The first endpoint with addresses of another
   * family needs everything anew.
   */
  boolean takes(Update update) {
    return families.containsAll(families(update.endpoints()));
  }

  /** Applies an update that it {@link #takes}. */
  void apply(Update update) throws StaleRevisionException {
    state.apply(update);
    for (SetDelta<EndpointId> delta : update.subjectSets()) {
      delta.removed().forEach(id -> member(delta.set(), id, false));
      delta.added().forEach(id -> member(delta.set(), id, true));
    }
    for (EndpointId gone : update.endpointsRemoved()) {
      entrances.dirty(holders.addresses(gone));
      holders.remove(gone);
      dirty.add(gone);
    }
    update.endpoints().forEach(this::endpoint);
    update.addressSets().forEach(peers::change);
    // In this order, so that a set that goes from one rule to another stays.
    update.rulesAdded().forEach(this::add);
    update.rulesRemoved().forEach(this::remove);
    update
        .subjectSetsRemoved()
        .forEach(
            set -> List.copyOf(members(set)).forEach(endpoint -> member(set, endpoint, false)));
    settle();
  }

  private void member(int set, EndpointId endpoint, boolean in) {
    TreeSet<Integer> sets =
        memberships.computeIfAbsent(endpoint, unused -> new TreeSet<>(Comparator.reverseOrder()));
    Set<EndpointId> members = subjects.computeIfAbsent(set, unused -> new LinkedHashSet<>());
    if (in) {
      sets.add(set);
      members.add(endpoint);
    } else {
      sets.remove(set);
      members.remove(endpoint);
    }
    if (sets.isEmpty()) {
      memberships.remove(endpoint);
    }
    if (members.isEmpty()) {
      subjects.remove(set);
    }
    dirty.add(endpoint);
  }

  private Set<EndpointId> members(int set) {
    return subjects.getOrDefault(set, Set.of());
  }

  private void endpoint(LocalEndpoint endpoint) {
    entrances.dirty(holders.addresses(endpoint.id()));
    holders.put(endpoint);
    entrances.dirty(endpoint.addresses());
    dirty.add(endpoint.id());
  }

  private Side side(Direction direction) {
    return Optional.ofNullable(sides.get(direction)).orElseThrow();
  }

  private void add(Rule rule) {
    CompiledRule compiled = CompiledRule.of(rule, names, families);
    rules.put(rule.id(), compiled);
    ruleset.counter(names.counter(rule.id()));
    if (isSystem(rule)) {
      systemDirty = true;
      return;
    }
    compiled
        .blocks()
        .forEach(
            (name, set) -> {
              ruleset.set(name, Ruleset.Kind.intervals(set.type()));
              set.elements().forEach(element -> ruleset.put(name, element));
            });
    compiled.peers().forEach(set -> peers.use(set, compiled.denies(), state));
    if (rule.action() == Action.DENY) {
      boolean egress = rule.direction() == Direction.EGRESS;
      ruleset.chain(
          names.denial(rule.id()), layout.refusal(new Sample(Sample.Kind.RULE, egress, rule.id())));
    }
    Side side = side(rule.direction());
    touched(compiled, side.index.add(compiled));
  }

  private void remove(long id) {
    CompiledRule compiled = rules.remove(id);
    if (compiled == null) {
      return;
    }
    ruleset.dropCounter(names.counter(id));
    if (isSystem(compiled.rule())) {
      systemDirty = true;
      return;
    }
    touched(compiled, side(compiled.rule().direction()).index.remove(compiled));
    compiled.blocks().keySet().forEach(ruleset::dropSet);
    compiled.peers().forEach(set -> peers.free(set, compiled.denies()));
    if (compiled.rule().action() == Action.DENY) {
      ruleset.dropChain(names.denial(id));
    }
  }

  private void touched(CompiledRule rule, Optional<RuleIndex.Bucket> bucket) {
    if (bucket.isPresent()) {
      side(rule.rule().direction()).programs.rewrite(bucket.get());
    } else if (rule.subjects() == CompiledRule.EVERYONE) {
      dirty.addAll(state.endpoints().keySet());
    } else {
      dirty.addAll(members(rule.subjects()));
    }
  }

  /** Rules that stand in base chains, once, and not in programs. */
  private static boolean isSystem(Rule rule) {
    return rule.subject() instanceof Subject.UnknownPorts
        || (rule.subject() instanceof Subject.EveryEndpoint
            && rule.action() == Action.ALLOW
            && rule.peers().stream()
                .allMatch(
                    peer -> peer instanceof PeerMatch.OwnNode || peer instanceof PeerMatch.Self));
  }

  private void settle() {
    if (systemDirty) {
      layout.base(ruleset, systemRules());
      systemDirty = false;
    }
    for (EndpointId endpoint : dirty) {
      boolean known = state.endpoints().containsKey(endpoint);
      List<Integer> sets = new ArrayList<>(memberships.getOrDefault(endpoint, new TreeSet<>()));
      sets.add(CompiledRule.EVERYONE);
      for (Side side : sides.values()) {
        Programs.Link now = known ? side.programs.program(sets) : null;
        side.programs.use(now);
        Programs.Link before = now == null ? side.of.remove(endpoint) : side.of.put(endpoint, now);
        side.programs.free(before);
        if (now != before) {
          entrances.dirty(holders.addresses(endpoint));
        }
      }
    }
    dirty.clear();
    entrances.settle(holders, (direction, endpoint) -> side(direction).of.get(endpoint));
  }

  private Layout.SystemRules systemRules() {
    Optional<Long> ownNode = Optional.empty();
    Optional<Long> unknownEgress = Optional.empty();
    Optional<Long> unknownIngress = Optional.empty();
    List<Long> self = new ArrayList<>();
    for (CompiledRule compiled : rules.values()) {
      Rule rule = compiled.rule();
      boolean egress = rule.direction() == Direction.EGRESS;
      if (!isSystem(rule)) {
        continue;
      }
      if (rule.subject() instanceof Subject.UnknownPorts) {
        unknownEgress = egress ? Optional.of(rule.id()) : unknownEgress;
        unknownIngress = egress ? unknownIngress : Optional.of(rule.id());
      } else if (rule.peers().contains(new PeerMatch.Self())) {
        self.add(rule.id());
      } else if (!egress) {
        ownNode = Optional.of(rule.id());
      }
    }
    self.sort(null);
    return new Layout.SystemRules(ownNode, self, unknownEgress, unknownIngress);
  }

  /** Other interfaces have other addresses behind them. */
  void bind(Bound now) {
    Bound before = bound;
    bound = now;
    change(layout.ports(), before.interfaces(), now.interfaces());
    for (Family family : Family.values()) {
      change(layout.bound(family), before.elements(family), now.elements(family));
    }
  }

  private void change(String set, Set<String> before, Set<String> now) {
    before.stream().filter(each -> !now.contains(each)).forEach(each -> ruleset.take(set, each));
    now.stream().filter(each -> !before.contains(each)).forEach(each -> ruleset.put(set, each));
  }

  DesiredState state() {
    return state;
  }

  Ruleset ruleset() {
    return ruleset;
  }

  Names names() {
    return names;
  }

  Layout layout() {
    return layout;
  }

  /** The rule of this number. */
  Optional<Rule> rule(long id) {
    return Optional.ofNullable(rules.get(id)).map(CompiledRule::rule);
  }

  /** Who holds an address; the first, if many do. */
  Optional<EndpointId> holder(IpAddress address) {
    return holders.of(address).stream().findFirst();
  }

  /** The lines of a policy's rules, each with what it refers to. */
  List<String> flows(PolicyRef policy) {
    List<String> lines = new ArrayList<>();
    for (CompiledRule compiled :
        rules.values().stream()
            .filter(each -> each.rule().policy().equals(policy))
            .sorted(Comparator.comparingLong(each -> each.rule().id()))
            .toList()) {
      Rule rule = compiled.rule();
      String head = rule.direction() + " " + rule.action() + " r" + rule.id() + ": ";
      int pods =
          rule.subject() instanceof Subject.Members about
              ? members(about.set()).size()
              : state.endpoints().size();
      compiled
          .lines(names.counter(rule.id()), rule.action().toString())
          .forEach(line -> lines.add(head + line + " (for " + pods + " pods)"));
      compiled
          .blocks()
          .forEach((name, set) -> lines.add(name + " = " + String.join(", ", set.elements())));
      for (int set : compiled.peers()) {
        lines.add("addresses " + set + " = " + state.addresses(set).size() + " of them");
      }
    }
    return lines;
  }
}
