package io.sluice.datapath.ovs;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.Action;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The flows of one pod's port: what may come from it (the spoof guard), and what may go to it.
 *
 * <p>From a pod come: ARP with its own MAC and addresses; neighbour discovery likewise (RFC 4861
 * section 4.3, 4.4), and the solicitation without source by which it looks for duplicates of its
 * own address (RFC 4862 section 5.4); IP with its own MAC and a source address of its own. Nothing
 * else: no tagged frame, no link-local source, no router advertisement or redirect.
 */
final class PortFlows {
  private static final int ICMPV6 = 58;
  private static final int SOLICITATION = 135;
  private static final int ADVERTISEMENT = 136;
  private static final IpAddress UNSPECIFIED_V4 = IpAddress.v4(0);
  private static final IpAddress UNSPECIFIED_V6 = IpAddress.v6(0, 0);

  private final PipelineOptions options;
  private final Layout layout;
  private final SwitchPorts.Bound port;
  private final Guards guards;
  private final List<Flow> flows = new ArrayList<>();

  private PortFlows(PipelineOptions options, SwitchPorts.Bound port, Guards guards) {
    this.options = options;
    this.layout = options.layout();
    this.port = port;
    this.guards = guards;
  }

  /**
   * All flows of a port.
   *
   * @param addresses the addresses of its endpoint
   * @param guards in which directions the endpoint can be denied something
   */
  static List<Flow> of(
      PipelineOptions options,
      SwitchPorts.Bound port,
      Collection<IpAddress> addresses,
      Guards guards) {
    PortFlows flows = new PortFlows(options, port, guards);
    flows.enter();
    for (IpAddress address : addresses) {
      flows.speak(address);
      if (address.family() == Family.IPV4) {
        flows.arp(address);
      } else {
        flows.discover(address, addresses);
      }
    }
    flows.deliver(addresses);
    return flows.flows;
  }

  private void enter() {
    int bits =
        Layout.CLASS.shifted(Layout.CLASS_POD)
            | Layout.GUARDED_SOURCE.shifted(guards.any() ? 1 : 0);
    add(
        layout.ports(),
        200,
        Match.builder().inPort(port.port()).noVlan(),
        Action.SetField.reg(Layout.FLAGS, layout.entering(bits)),
        Action.SetField.reg(Layout.HOLDER, 0),
        new Action.GotoTable(layout.guard()));
  }

  private MatchBuilder from(int etherType) {
    return Match.builder().inPort(port.port()).ethSrc(port.mac()).ethType(etherType);
  }

  private void speak(IpAddress address) {
    add(
        layout.guard(),
        200,
        from(Matches.etherType(address.family())).ipSrc(address),
        Action.Ct.track(options.zone(), layout.state()));
    Cidr own = Cidr.host(address);
    Action judge =
        new Action.GotoTable(
            options.recheck() ? layout.tier(Direction.EGRESS, Tier.SYSTEM) : layout.deliver());
    add(layout.state(), 360, error(address).ctSrc(own), judge);
    add(layout.state(), 360, error(address).ctDst(own), judge);
  }

  /** An ICMP error about a connection. */
  private static MatchBuilder error(IpAddress source) {
    return Matches.ip(source.family())
        .ctState("+rel+trk")
        .reg(Layout.CLASS, Layout.CLASS_POD)
        .ipSrc(source);
  }

  private void arp(IpAddress address) {
    Cidr own = Cidr.host(address);
    neighbour(from(MatchBuilder.ARP).arpSha(port.mac()).arpSpa(own));
    // The probe for duplicates of RFC 5227 section 2.1.1.
    neighbour(
        from(MatchBuilder.ARP).arpSha(port.mac()).arpSpa(Cidr.host(UNSPECIFIED_V4)).arpTpa(own));
  }

  private void discover(IpAddress address, Collection<IpAddress> addresses) {
    Cidr own = Cidr.host(address);
    // A link-layer option that is missing reads as zero.
    for (long option : List.of(port.mac(), 0L)) {
      neighbour(icmpv6(SOLICITATION, address).ndSll(option));
      for (IpAddress source : addresses) {
        if (source.family() == Family.IPV6) {
          neighbour(icmpv6(ADVERTISEMENT, source).ndTarget(own).ndTll(option));
        }
      }
    }
    neighbour(icmpv6(SOLICITATION, UNSPECIFIED_V6).ndTarget(own).ndSll(0));
  }

  private MatchBuilder icmpv6(int type, IpAddress source) {
    return from(MatchBuilder.IPV6).ipSrc(source).ipProto(ICMPV6).icmpv6Type(type);
  }

  private void neighbour(MatchBuilder match) {
    add(
        layout.guard(),
        300,
        match,
        Action.SetField.reg(Layout.NEIGHBOUR, 1),
        new Action.GotoTable(layout.deliver()));
  }

  /**
   * To the pod: a guarded one takes only what the policy tables have seen, and if it can be denied
   * ingress, only what goes to an address of its own. What goes elsewhere was judged as that; hence
   * nobody takes such packets from a guarded pod, or it could send to whom it may not by the MAC.
   */
  private void deliver(Collection<IpAddress> addresses) {
    Action output = new Action.Output(port.port());
    add(layout.deliver(), 620, to().reg(Layout.NEIGHBOUR, 1), output);
    for (IpAddress address : addresses) {
      MatchBuilder own = to().ethType(Matches.etherType(address.family())).ipDst(address);
      add(layout.deliver(), 540, own.reg(Layout.UNJUDGED, 0), output);
    }
    if (!guards.ingress()) {
      drop(530, Cookie.Kind.MISDIRECTED, to().reg(Layout.GUARDED_SOURCE, 1));
    }
    if (!guards.any()) {
      add(layout.deliver(), 510, to(), output);
      return;
    }
    if (!guards.ingress()) {
      add(layout.deliver(), 520, to().reg(Layout.UNJUDGED, 0), output);
    }
    drop(510, Cookie.Kind.STRAY, to());
  }

  private void drop(int priority, Cookie.Kind kind, MatchBuilder match) {
    flows.add(
        new Flow(
            layout.deliver(),
            priority,
            kind.cookie(),
            match.build(),
            options.verdicts().deny(kind.cookie())));
  }

  private MatchBuilder to() {
    return Match.builder().ethDst(port.mac());
  }

  private void add(int table, int priority, MatchBuilder match, Action... actions) {
    flows.add(Flow.of(table, priority, Cookie.Kind.PORT.cookie(), match.build(), actions));
  }
}
