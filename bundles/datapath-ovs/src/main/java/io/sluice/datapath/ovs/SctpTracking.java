package io.sluice.datapath.ovs;

import io.sluice.api.net.Family;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.PortMatch;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Bits;
import io.sluice.datapath.ovs.openflow.Field;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.LearnSpec;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * SCTP where connection tracking does not know its ports.
 *
 * <p>Open vSwitch's userspace datapath (3.1) tracks SCTP by addresses alone: all associations of
 * two hosts are one connection to it, whichever side opened them, and the ports of the original
 * tuple are 0. So no SCTP packet is committed there, which makes its tuple always the packet's own,
 * and replies are known by flows that the switch learns: when the policy tables have allowed a
 * packet, its COMMIT flow learns one that matches exactly the packets of the other direction,
 * addresses and ports, and marks them as replies.
 *
 * <p>A reply is judged as what it replies to: its addresses are swapped, it is tracked again, so
 * that the tuple names the opener first, and swapped back before it is delivered. Ports are not
 * swapped; clauses on services look at the destination port, or of a reply at the source port.
 *
 * <p>What is lost compared with the kernel's datapath: ICMP errors about SCTP reach no guarded
 * endpoint.
 */
final class SctpTracking {
  private static final int SCTP = Protocol.SCTP.number();

  /** Heartbeats come every 30 s (RFC 9260 section 16); some may be lost. */
  private static final int IDLE_SECONDS = 180;

  private SctpTracking() {}

  /** Whether a service has to be asked for in the packet instead of the tuple. */
  static boolean concerns(PortMatch.Resolved service) {
    return service instanceof PortMatch.Range range
        && range.protocol() == Protocol.SCTP
        && !range.isAll();
  }

  /** The matches of a service of SCTP. */
  static List<Match> services(PortMatch.Range range, Match base, List<Family> families) {
    List<Match> matches = new ArrayList<>();
    for (Family family : families) {
      for (Matches.PortBlock block : Matches.blocks(range.first(), range.last())) {
        matches.add(
            sctp(base.toBuilder(), family)
                .reg(Layout.REPLY, 0)
                .sctpDst(block.first(), block.mask())
                .build());
        matches.add(
            sctp(base.toBuilder(), family)
                .reg(Layout.REPLY, 1)
                .sctpSrc(block.first(), block.mask())
                .build());
      }
    }
    return matches;
  }

  private static MatchBuilder sctp(MatchBuilder base, Family family) {
    return base.ethType(Matches.etherType(family)).ipProto(SCTP);
  }

  /** The flows of the frame. */
  static List<Flow> flows(PipelineOptions options) {
    Layout layout = options.layout();
    List<Flow> flows = new ArrayList<>();
    for (Family family : Family.values()) {
      flows.add(
          flow(
              layout.state(),
              280,
              match(family).reg(Layout.LOOKED_UP, 0),
              List.of(
                  Action.SetField.reg(Layout.LOOKED_UP, 1),
                  new Action.Resubmit(layout.replies()),
                  new Action.Resubmit(layout.state()))));
      if (options.recheck()) {
        List<Action> turn = new ArrayList<>(swap(family));
        turn.add(Action.SetField.reg(Layout.SWAPPED, 1));
        turn.add(Action.Ct.track(options.zone(), layout.state()));
        flows.add(
            flow(
                layout.state(),
                270,
                match(family)
                    .reg(
                        Layout.FLAGS,
                        Layout.REPLY.mask(),
                        Layout.REPLY.mask() | Layout.SWAPPED.mask()),
                turn));
      } else {
        flows.add(
            flow(
                layout.state(),
                270,
                match(family).reg(Layout.REPLY, 1),
                List.of(new Action.GotoTable(layout.deliver()))));
      }
      List<Action> back = new ArrayList<>(swap(family));
      back.add(new Action.GotoTable(layout.deliver()));
      flows.add(flow(layout.commit(), 210, match(family).reg(Layout.SWAPPED, 1), back));
      List<Action> learn = new ArrayList<>();
      learn.add(learn(layout, family, true));
      if (!options.recheck()) {
        learn.add(learn(layout, family, false));
      }
      learn.add(new Action.GotoTable(layout.deliver()));
      flows.add(flow(layout.commit(), 200, match(family), learn));
    }
    return flows;
  }

  private static MatchBuilder match(Family family) {
    return sctp(Match.builder(), family).ctState("+trk-inv");
  }

  private static Flow flow(int table, int priority, MatchBuilder match, List<Action> actions) {
    return new Flow(table, priority, Cookie.Kind.FRAME.cookie(), match.build(), actions);
  }

  /** Swaps source and destination address. */
  static List<Action> swap(Family family) {
    Field source = source(family);
    Field destination = destination(family);
    Field between = family == Family.IPV4 ? Field.REG12 : Field.XXREG3;
    return List.of(
        new Action.Move(source, between),
        new Action.Move(destination, source),
        new Action.Move(between, destination));
  }

  private static Field source(Family family) {
    return family == Family.IPV4 ? Field.IPV4_SRC : Field.IPV6_SRC;
  }

  private static Field destination(Family family) {
    return family == Family.IPV4 ? Field.IPV4_DST : Field.IPV6_DST;
  }

  /** Learns the packets of the other direction, or (so that they need not be judged) of this. */
  private static Action learn(Layout layout, Family family, boolean other) {
    Field source = source(family);
    Field destination = destination(family);
    return new Action.Learn(
        layout.replies(),
        1,
        Cookie.LEARNED,
        IDLE_SECONDS,
        0,
        List.of(
            new LearnSpec.MatchValue(Field.ETH_TYPE, Bits.of(Matches.etherType(family))),
            new LearnSpec.MatchValue(Field.IP_PROTO, Bits.of(SCTP)),
            new LearnSpec.MatchField(source, other ? destination : source),
            new LearnSpec.MatchField(destination, other ? source : destination),
            new LearnSpec.MatchField(Field.SCTP_SRC, other ? Field.SCTP_DST : Field.SCTP_SRC),
            new LearnSpec.MatchField(Field.SCTP_DST, other ? Field.SCTP_SRC : Field.SCTP_DST),
            new LearnSpec.LoadValue(Layout.REPLY, 1)));
  }
}
