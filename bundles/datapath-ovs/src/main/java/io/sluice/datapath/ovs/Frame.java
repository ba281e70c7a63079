package io.sluice.datapath.ovs;

import io.sluice.api.net.Family;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The flows that are there whatever the rules and the ports are. */
final class Frame {
  private static final int ICMPV6 = 58;
  private static final int TCP = 6;

  /** Router solicitation to redirect (RFC 4861 section 4): never routed, never tracked. */
  private static final int FIRST_DISCOVERY = 133;

  private static final int LAST_DISCOVERY = 137;

  /** Above everything else but what {@link Latecomers} wants. */
  private static final int MISLED = 0xfffe;

  private final PipelineOptions options;
  private final Layout layout;
  private final Verdicts verdicts;
  private final List<Flow> flows = new ArrayList<>();

  private Frame(PipelineOptions options) {
    this.options = options;
    this.layout = options.layout();
    this.verdicts = options.verdicts();
  }

  /** All of them. */
  static List<Flow> flows(PipelineOptions options) {
    Frame frame = new Frame(options);
    frame.entered();
    frame.guard();
    frame.state();
    frame.stage(Direction.EGRESS, layout -> layout.tier(Direction.INGRESS, Tier.SYSTEM));
    frame.stage(Direction.INGRESS, Layout::commit);
    frame.commit();
    frame.verdicts.sample().ifPresent(frame.flows::add);
    if (options.sctpPortless()) {
      frame.flows.addAll(SctpTracking.flows(options));
    }
    return frame.flows;
  }

  private void entered() {
    for (int table = layout.guard(); table <= layout.deliver(); table++) {
      drop(table, MISLED, Cookie.Kind.MISLED, Match.builder().reg(Layout.ENTERED, 0));
    }
  }

  private void guard() {
    Action.GotoTable deliver = new Action.GotoTable(layout.deliver());
    Action neighbour = Action.SetField.reg(Layout.NEIGHBOUR, 1);
    MatchBuilder arp = Match.builder().ethType(MatchBuilder.ARP).reg(Layout.NOT_POD, 1);
    add(layout.guard(), 250, arp, neighbour, deliver);
    for (int type = FIRST_DISCOVERY; type <= LAST_DISCOVERY; type++) {
      add(layout.guard(), 250, discovery(type).reg(Layout.NOT_POD, 1), neighbour, deliver);
      drop(
          layout.guard(),
          250,
          Cookie.Kind.SPOOFED,
          discovery(type).reg(Layout.CLASS, Layout.CLASS_POD));
    }
    // What has no local endpoint at either end is not ours to track; AddressFlows says what is.
    add(
        layout.guard(),
        100,
        Match.builder().reg(Layout.NOT_POD, 1),
        Action.SetField.reg(Layout.UNJUDGED, 1),
        deliver);
    drop(layout.guard(), 0, Cookie.Kind.SPOOFED, Match.builder());
  }

  private static MatchBuilder discovery(int type) {
    return Matches.ip(Family.IPV6).ipProto(ICMPV6).icmpv6Type(type);
  }

  private void state() {
    int table = layout.state();
    Action deliver = new Action.GotoTable(layout.deliver());
    MatchBuilder guarded = Match.builder().ctState("+trk+inv").reg(Layout.GUARDED_SOURCE, 1);
    drop(table, 500, Cookie.Kind.INVALID, guarded);
    add(
        table,
        400,
        Match.builder().ctState("+trk+inv"),
        Action.SetField.reg(Layout.UNJUDGED, 1),
        deliver);
    // An error that names others' connection would be judged as theirs. Only its ends send errors
    // from a pod's port (see PortFlows); routers are elsewhere.
    MatchBuilder error = Match.builder().ctState("+rel+trk").reg(Layout.CLASS, Layout.CLASS_POD);
    drop(table, 350, Cookie.Kind.SPOOFED, error);
    if (!options.pickup()) {
      for (Family family : Family.values()) {
        for (String flags : List.of("-syn", "+ack")) {
          MatchBuilder middle = Matches.ip(family).ctState("+new+trk").ipProto(TCP).tcpFlags(flags);
          drop(table, 300, Cookie.Kind.PICKUP, middle);
        }
      }
    }
    if (!options.recheck()) {
      Action known = options.carry().isPresent() ? new Action.GotoTable(layout.commit()) : deliver;
      add(table, 200, Match.builder().ctState("+est+trk"), known);
      add(table, 200, Match.builder().ctState("+rel+trk"), deliver);
    }
    go(table, layout.tier(Direction.EGRESS, Tier.SYSTEM));
  }

  private void stage(Direction direction, ToIntFunction<Layout> after) {
    go(layout.tier(direction, Tier.SYSTEM), layout.tier(direction, Tier.ADMIN));
    go(layout.tier(direction, Tier.ADMIN), layout.tier(direction, Tier.NAMESPACED));
    go(layout.tier(direction, Tier.NAMESPACED), layout.isolation(direction));
    go(layout.isolation(direction), layout.tier(direction, Tier.BASELINE));
    go(layout.tier(direction, Tier.BASELINE), layout.next(direction));
    add(
        layout.next(direction),
        0,
        Match.builder(),
        Action.SetField.reg(Layout.HOLDER, 0),
        new Action.GotoTable(after.applyAsInt(layout)));
  }

  private void commit() {
    if (options.carry().isPresent()) {
      flows.addAll(ZoneCarry.flows(options, options.carry().getAsInt()));
    } else {
      for (Family family : Family.values()) {
        add(
            layout.commit(),
            100,
            Matches.ip(family).ctState("+new+trk"),
            Action.Ct.commit(options.zone()),
            new Action.GotoTable(layout.deliver()));
      }
    }
    go(layout.commit(), layout.deliver());
  }

  private void go(int table, int next) {
    add(table, 0, Match.builder(), new Action.GotoTable(next));
  }

  private void add(int table, int priority, MatchBuilder match, Action... actions) {
    flows.add(Flow.of(table, priority, Cookie.Kind.FRAME.cookie(), match.build(), actions));
  }

  private void drop(int table, int priority, Cookie.Kind kind, MatchBuilder match) {
    flows.add(
        new Flow(table, priority, kind.cookie(), match.build(), verdicts.deny(kind.cookie())));
  }
}
