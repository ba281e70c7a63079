package io.sluice.datapath.ovs;

import io.sluice.api.net.Cidr;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import io.sluice.datapath.ovs.openflow.PortNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The flows of the ports that are no pod's, and those that go to many ports: broadcast and
 * multicast. No flow says {@code NORMAL}: its flooding would reach ports of isolated and of unknown
 * pods.
 */
final class Fabric {
  /** The bit of a MAC address that marks a group (IEEE 802). */
  private static final long GROUP_BIT = 0x0100_0000_0000L;

  /** Multicast and broadcast (RFC 1112, RFC 919, RFC 4291 section 2.7). */
  private static final List<Cidr> MANY =
      List.of(Cidr.parse("224.0.0.0/4"), Cidr.parse("255.255.255.255/32"), Cidr.parse("ff00::/8"));

  private static final int LEARNED_BYTES = 64;

  private final PipelineOptions options;
  private final Layout layout;
  private final SwitchPorts ports;
  private final List<Flow> flows = new ArrayList<>();

  private Fabric(PipelineOptions options, SwitchPorts ports) {
    this.options = options;
    this.layout = options.layout();
    this.ports = ports;
  }

  /**
   * All of them.
   *
   * @param guards in which directions a bound port's endpoint can be denied something
   * @param unknownTag the tag of the rule that denies ports without binding, 0 if there is none
   */
  static List<Flow> flows(
      PipelineOptions options,
      SwitchPorts ports,
      Function<SwitchPorts.Bound, Guards> guards,
      int unknownTag) {
    Fabric fabric = new Fabric(options, ports);
    fabric.enter(unknownTag);
    fabric.deliver(guards);
    return fabric.flows;
  }

  private void enter(int unknownTag) {
    ports.host().ifPresent(host -> enter(host.port(), Layout.CLASS_HOST));
    ports.uplinks().forEach(uplink -> enter(uplink, Layout.CLASS_OUTSIDE));
    for (int port : ports.learning()) {
      flows.add(
          Flow.of(
              layout.ports(),
              200,
              Cookie.Kind.LEARN.cookie(),
              Match.builder().inPort(port).noVlan().build(),
              new Action.Output(PortNumber.CONTROLLER, LEARNED_BYTES)));
    }
    if (options.unknownAllowed()) {
      ports.unknown().forEach(port -> enter(port, Layout.CLASS_OUTSIDE));
    }
    flows.add(
        new Flow(
            layout.ports(),
            0,
            Cookie.Kind.UNKNOWN.cookie(unknownTag),
            Match.any(),
            options.verdicts().deny(Cookie.Kind.UNKNOWN.cookie(unknownTag))));
  }

  private void enter(int port, int from) {
    add(
        layout.ports(),
        200,
        Match.builder().inPort(port).noVlan(),
        List.of(
            Action.SetField.reg(Layout.FLAGS, layout.entering(Layout.CLASS.shifted(from))),
            Action.SetField.reg(Layout.HOLDER, 0),
            new Action.GotoTable(layout.guard())));
    // Tagged frames are between the host and the outside; no pod takes them.
    add(layout.ports(), 100, Match.builder().inPort(port), last());
  }

  private void deliver(Function<SwitchPorts.Bound, Guards> guards) {
    int table = layout.deliver();
    boolean elsewhere = options.finalAction() instanceof FinalAction.Table;
    if (!elsewhere) {
      add(table, 610, group().reg(Layout.NEIGHBOUR, 1), everyPort(bound -> true));
    }
    add(table, 600, Match.builder().reg(Layout.NEIGHBOUR, 1), last());
    ports
        .host()
        .filter(host -> !elsewhere)
        .flatMap(host -> host.mac().map(mac -> to(mac, host.port())))
        .ifPresent(
            flow -> {
              flows.add(flow);
            });
    add(
        table,
        400,
        group().reg(Layout.UNJUDGED, 1),
        everyPort(bound -> !guards.apply(bound).any()));
    List<Action> open = everyPort(bound -> !guards.apply(bound).ingress());
    // A packet to one that goes to all was judged as if only that one got it.
    for (Cidr many : MANY) {
      MatchBuilder match = group().ethType(Matches.etherType(many.family())).ipDst(many);
      add(table, 395, match.reg(Layout.GUARDED_SOURCE, 1), open);
    }
    flows.add(
        new Flow(
            table,
            394,
            Cookie.Kind.MISDIRECTED.cookie(),
            group().reg(Layout.GUARDED_SOURCE, 1).build(),
            options.verdicts().deny(Cookie.Kind.MISDIRECTED.cookie())));
    add(table, 390, group(), open);
    add(table, 0, Match.builder(), last());
  }

  private Flow to(long mac, int port) {
    return Flow.of(
        layout.deliver(),
        500,
        Cookie.Kind.FRAME.cookie(),
        Match.builder().ethDst(mac).build(),
        new Action.Output(port));
  }

  private static MatchBuilder group() {
    return Match.builder().ethDst(GROUP_BIT, GROUP_BIT);
  }

  private List<Action> everyPort(Predicate<SwitchPorts.Bound> which) {
    List<Action> actions = new ArrayList<>(outputs(trusted()));
    ports.bound().stream()
        .filter(which)
        .map(SwitchPorts.Bound::port)
        .sorted()
        .map(port -> (Action) new Action.Output(port))
        .forEach(actions::add);
    return actions;
  }

  /** What becomes of a packet for no pod of ours. */
  private List<Action> last() {
    return switch (options.finalAction()) {
      case FinalAction.Normal normal -> outputs(trusted());
      case FinalAction.Ports named -> outputs(ports.finals());
      case FinalAction.Table table ->
          List.of(
              Action.SetField.reg(Layout.FLAGS, 0),
              Action.SetField.reg(Layout.HOLDER, 0),
              new Action.Resubmit(table.table()));
    };
  }

  private List<Integer> trusted() {
    List<Integer> trusted = new ArrayList<>();
    ports.host().ifPresent(host -> trusted.add(host.port()));
    trusted.addAll(ports.uplinks());
    if (options.unknownAllowed()) {
      trusted.addAll(ports.unknown());
    }
    return trusted;
  }

  private static List<Action> outputs(List<Integer> ports) {
    return ports.stream().distinct().map(port -> (Action) new Action.Output(port)).toList();
  }

  private void add(int table, int priority, MatchBuilder match, List<Action> actions) {
    flows.add(new Flow(table, priority, Cookie.Kind.FRAME.cookie(), match.build(), actions));
  }
}
