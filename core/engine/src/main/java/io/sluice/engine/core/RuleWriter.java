package io.sluice.engine.core;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import io.sluice.api.net.Cidr;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes one policy as rules for a datapath, all with id 0, and notes the sets and the uses of
 * named ports that they stand on.
 *
 * <p>A rule that names ports becomes one rule for each number that the name has: for ingress with
 * the subject narrowed to the endpoints that have this number, for egress with the peers narrowed.
 */
final class RuleWriter {
  private static final List<PeerMatch> ANYONE = List.of(new PeerMatch.Any());
  private static final List<PortMatch.Resolved> ANY_SERVICE = List.of(new PortMatch.Any());

  /** The rules; what a policy says twice is one rule. */
  final Set<Rule> rules = new LinkedHashSet<>(4);

  final Set<ExportedSet<?>> sets = new LinkedHashSet<>(4);
  final Set<PortUse> portUses = new LinkedHashSet<>(1);
  private final CompiledPolicy policy;
  private final SetTable setTable;
  private final PortUses uses;
  private final TierOrder order;
  private final Members everyone;

  RuleWriter(
      CompiledPolicy policy, SetTable sets, PortUses uses, TierOrder order, Members everyone) {
    this.policy = policy;
    this.setTable = sets;
    this.uses = uses;
    this.order = order;
    this.everyone = everyone;
  }

  void write() {
    for (Direction direction : Direction.values()) {
      if (policy.source.isolates().contains(direction)) {
        rules.add(
            new Rule(
                0,
                Tier.NAMESPACED,
                0,
                direction,
                Action.ISOLATE,
                subject(SetKey.of(policy.subject)),
                ANYONE,
                ANY_SERVICE,
                policy.source.policy(),
                -1));
      }
    }
    for (CompiledRule rule : policy.rules) {
      boolean ingress = rule.source().direction() == Direction.INGRESS;
      if (!rule.services().isEmpty() || (ingress && namesAnyNumber(rule))) {
        List<PeerMatch> peers = peers(rule);
        if (!peers.isEmpty()) {
          if (!rule.services().isEmpty()) {
            add(rule, subject(SetKey.of(policy.subject)), peers, rule.services());
          }
          if (ingress) {
            rule.names().forEach(name -> ingress(rule, name, peers));
          }
        }
      }
      if (!ingress) {
        rule.names().forEach(name -> egress(rule, name));
      }
    }
  }

  /** Notes every name's use, also of those without a number yet. */
  private boolean namesAnyNumber(CompiledRule rule) {
    boolean any = false;
    for (PortName name : rule.names()) {
      any |= !use(policy.subject, name, true).numbers().isEmpty();
    }
    return any;
  }

  private void ingress(CompiledRule rule, PortName name, List<PeerMatch> peers) {
    for (int number : use(policy.subject, name, true).numbers()) {
      add(
          rule,
          subject(SetKey.narrowed(policy.subject, name, number)),
          peers,
          List.of(new PortMatch.Range(name.protocol, number, number)));
    }
  }

  private void egress(CompiledRule rule, PortName name) {
    TreeSet<Integer> numbers = new TreeSet<>();
    for (PeerTerm peer : rule.peers()) {
      numbers.addAll(use(named(peer), name, false).numbers());
    }
    for (int number : numbers) {
      List<PeerMatch> peers = new ArrayList<>(rule.peers().size());
      for (PeerTerm peer : rule.peers()) {
        if (use(named(peer), name, false).numbers().contains(number)) {
          @Nullable List<Cidr> blocks =
              peer instanceof PeerTerm.Blocks(List<Cidr> some) ? some : null;
          peers.add(addresses(new SetKey(named(peer), name, number, blocks)));
        }
      }
      add(
          rule,
          subject(SetKey.of(policy.subject)),
          peers,
          List.of(new PortMatch.Range(name.protocol, number, number)));
    }
  }

  /** Who a peer can be where the destination must be a pod. */
  private Members named(PeerTerm peer) {
    return peer instanceof PeerTerm.Pods(Group group) ? group : everyone;
  }

  private List<PeerMatch> peers(CompiledRule rule) {
    List<PeerMatch> peers = new ArrayList<>(rule.peers().size());
    for (PeerTerm peer : rule.peers()) {
      switch (peer) {
        case PeerTerm.Anyone anyone -> peers.addAll(ANYONE);
        case PeerTerm.Pods(Group group) -> peers.add(addresses(SetKey.of(group)));
        case PeerTerm.Blocks(List<Cidr> blocks) ->
            blocks.forEach(block -> peers.add(new PeerMatch.Block(block)));
      }
    }
    return peers;
  }

  private void add(
      CompiledRule rule,
      Subject subject,
      List<PeerMatch> peers,
      List<PortMatch.Resolved> services) {
    rules.add(
        new Rule(
            0,
            policy.source.tier(),
            order.order(policy.source, rule.source()),
            rule.source().direction(),
            rule.source().action(),
            subject,
            peers,
            services,
            policy.source.policy(),
            rule.source().index()));
  }

  private Subject subject(SetKey key) {
    return new Subject.Members(note(setTable.subjects(key)).number);
  }

  private PeerMatch addresses(SetKey key) {
    return new PeerMatch.Addresses(note(setTable.addresses(key)).number);
  }

  private ExportedSet<?> note(ExportedSet<?> set) {
    if (sets.add(set)) {
      set.users++;
    }
    return set;
  }

  private PortUse use(Members members, PortName name, boolean localOnly) {
    PortUse use = uses.get(new PortUse.Key(members, name, localOnly));
    portUses.add(use);
    return use;
  }
}
