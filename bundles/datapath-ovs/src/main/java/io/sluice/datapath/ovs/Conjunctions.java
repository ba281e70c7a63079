package io.sluice.datapath.ovs;

import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.PortMatch;
import io.sluice.datapath.ovs.CompiledRule.Dimension;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * How rules become flows, and share them.
 *
 * <p>A rule says: one of these subjects, one of these peers, one of these services. Written out
 * that is a flow for every triple; a rule of 1,000 peers, 100 subjects and 5 ports would take
 * 500,000. Open vSwitch has <em>conjunctive match</em> instead (ovs-ofctl(8), "conjunction"): a
 * flow for each subject, for each peer, for each service, whose action is only to say "clause k of
 * n of conjunction c holds", and one flow that matches {@code conj_id=c} and does what the rule
 * does. 1,106 flows.
 *
 * <p>A switch knows one flow for one match at one priority. That a pod's address is a subject of
 * ten policies and a peer in twenty is therefore one flow as subject and one flow as peer, whose
 * actions list ten and twenty clauses. Adding a rule adds its clause to the flows that are there;
 * adding an address to a set adds one flow, or a clause for each rule of that set to the one that
 * is there. Nothing else changes, whatever the size of the other dimensions: an address more costs
 * one flow, not subjects times services. All rules of {@code NAMESPACED} lie at one priority, so
 * that they do share (and since the switch slows down with the square of the priorities at which
 * one match lies).
 *
 * <p>Which of several conjunctions that hold the switch takes is open; at one priority all do the
 * same. A flow with clauses can do nothing else, so a rule that asks for only one dimension ("from
 * this pod, anything") has flows that decide alone, at a priority one above: also the same, since
 * rules of one order do not contradict each other. The numbers of clauses in a flow are bounded by
 * {@link ClauseSet}.
 *
 * <p>Families need no care: a clause on an IPv4 source and one on an IPv6 destination are never
 * true of one packet.
 *
 * <p>A conjunction's id is the rule's {@link Tags tag}. Two generations of rules must not lie side
 * by side in the switch: a clause of the old and a clause of the new could make a conjunction that
 * neither was. Hence every change is one bundle.
 */
final class Conjunctions {
  private final FlowBook book;
  private final Verdicts verdicts;
  private final boolean sctpPortless;

  Conjunctions(FlowBook book, PipelineOptions options) {
    this.book = book;
    this.verdicts = options.verdicts();
    this.sctpPortless = options.sctpPortless();
  }

  /** What does not depend on a member of any set: the services, the blocks, the verdict. */
  void frame(CompiledRule rule, boolean wanted) {
    if (!rule.hasOthers() || rule.rule().services().isEmpty()) {
      return;
    }
    if (rule.dimensions() == 0) {
      decide(rule, Matches.tracked().build(), wanted);
    }
    if (rule.dimensions() > 1) {
      Match conjunction = Matches.tracked().conjId(rule.tag()).build();
      Flow flow =
          new Flow(
              rule.table(),
              rule.shared(),
              verdicts.cookie(rule),
              conjunction,
              verdicts.actions(rule));
      own(rule, flow, wanted);
    }
    if (rule.asks(Dimension.SERVICE)) {
      for (PortMatch.Resolved service : rule.rule().services()) {
        for (Match match : services(service, Matches.tracked().build(), List.of(Family.values()))) {
          member(rule, Dimension.SERVICE, match, wanted);
        }
      }
    }
    if (rule.asks(Dimension.PEER)) {
      for (PeerMatch peer : rule.rule().peers()) {
        if (peer instanceof PeerMatch.Block block) {
          peer(rule, block.cidr(), wanted);
        }
      }
    }
  }

  /** A block or an address at the other end; only for rules that ask for peers. */
  void peer(CompiledRule rule, Cidr block, boolean wanted) {
    member(rule, Dimension.PEER, Matches.peer(rule.rule().direction(), block).build(), wanted);
  }

  /** A subject; also where the other end is itself. */
  void subject(CompiledRule rule, Holding holding, boolean wanted) {
    if (rule.bySubject() && rule.hasOthers()) {
      for (Holding.Place place : holding.places()) {
        Match match =
            Matches.subject(rule.rule().direction(), place.address(), place.holder()).build();
        member(rule, Dimension.SUBJECT, match, wanted);
      }
    }
    if (rule.hasSelf()) {
      for (Holding.Place place : holding.places()) {
        for (Holding.Place other : holding.places()) {
          if (place.address().family() == other.address().family()) {
            self(rule, place, other.address(), wanted);
          }
        }
      }
    }
  }

  private void self(CompiledRule rule, Holding.Place place, IpAddress other, boolean wanted) {
    Match match =
        Matches.self(rule.rule().direction(), place.address(), place.holder(), other).build();
    List<Match> matches = new ArrayList<>();
    for (PortMatch.Resolved service : rule.rule().services()) {
      matches.addAll(services(service, match, List.of(other.family())));
    }
    matches.forEach(each -> decide(rule, each, wanted));
  }

  private List<Match> services(PortMatch.Resolved service, Match base, List<Family> families) {
    return sctpPortless && service instanceof PortMatch.Range range && SctpTracking.concerns(range)
        ? SctpTracking.services(range, base, families)
        : Matches.services(service, base);
  }

  private void member(CompiledRule rule, Dimension dimension, Match match, boolean wanted) {
    if (rule.rule().services().isEmpty()) {
      return;
    }
    if (rule.dimensions() == 1) {
      decide(rule, match, wanted);
      return;
    }
    FlowKey key = new FlowKey(rule.table(), rule.shared(), match);
    if (wanted) {
      book.addClause(key, rule.clause(dimension));
    } else {
      book.removeClause(key, rule.clause(dimension));
    }
  }

  private void decide(CompiledRule rule, Match match, boolean wanted) {
    List<Action> actions = verdicts.actions(rule);
    own(rule, new Flow(rule.table(), rule.direct(), verdicts.cookie(rule), match, actions), wanted);
  }

  private void own(CompiledRule rule, Flow flow, boolean wanted) {
    if (wanted) {
      book.add(rule.rule().id(), flow);
    } else {
      book.remove(rule.rule().id(), flow.key());
    }
  }
}
