package io.sluice.datapath.ovs;

import io.sluice.api.net.Family;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Field;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How connections get from one zone of connection tracking to another when {@code zone} changes.
 *
 * <p>For a while packets are tracked in the old zone and judged by it as ever; those that may pass
 * are shown to the new zone as well. A connection's first packet, and later ones of its direction,
 * make the entry in the new zone; packets of the other direction only find it, since one of them
 * that came first would make an entry that goes the wrong way round. (UDP of a server that only
 * sends makes its entry with its ends swapped for a moment.) Nothing passes that the old zone's
 * state does not allow, and the new zone holds nothing that the rules did not let through.
 *
 * <p>After that the new zone counts. What said nothing meanwhile is not in it: TCP is cut once
 * ({@code pickup=deny}), other connections are judged as new ones.
 */
final class ZoneCarry {
  /** How long both zones are shown what passes. */
  static final long MILLIS = 5_000;

  private static final int UDP = 17;

  private final PipelineOptions options;
  private final Layout layout;
  private final int next;
  private final List<Flow> flows = new ArrayList<>();

  private ZoneCarry(PipelineOptions options, int next) {
    this.options = options;
    this.layout = options.layout();
    this.next = next;
  }

  /** The flows of COMMIT while connections are carried. */
  static List<Flow> flows(PipelineOptions options, int next) {
    ZoneCarry carry = new ZoneCarry(options, next);
    for (Family family : Family.values()) {
      carry.family(family);
    }
    return carry.flows;
  }

  private void family(Family family) {
    Action remember = Action.Ct.commit(next);
    add(
        100,
        Matches.ip(family).ctState("+new+trk"),
        List.of(Action.Ct.commit(options.zone()), remember));
    add(90, Matches.ip(family).ctState("+est-rel-rpl+trk"), List.of(remember));
    add(80, Matches.ip(family).ctState("+est-rel+rpl+trk"), List.of(show()));
    List<Action> turned = new ArrayList<>(swap(family));
    turned.add(remember);
    turned.addAll(swap(family));
    turned.add(show());
    add(90, Matches.ip(family).ctState("+est-rel+rpl+trk").ipProto(UDP), turned);
  }

  private Action show() {
    return new Action.Ct(false, false, next, OptionalInt.empty(), Optional.empty(), List.of());
  }

  private static List<Action> swap(Family family) {
    List<Action> actions = new ArrayList<>(SctpTracking.swap(family));
    actions.add(new Action.Move(Field.UDP_SRC, Field.REG11));
    actions.add(new Action.Move(Field.UDP_DST, Field.UDP_SRC));
    actions.add(new Action.Move(Field.REG11, Field.UDP_DST));
    return actions;
  }

  private void add(int priority, MatchBuilder match, List<Action> actions) {
    List<Action> all = new ArrayList<>(actions);
    all.add(new Action.GotoTable(layout.deliver()));
    flows.add(new Flow(layout.commit(), priority, Cookie.Kind.FRAME.cookie(), match.build(), all));
  }
}
