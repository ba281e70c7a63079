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
import java.util.List;

/** The flows that an address has, whoever holds it and wherever that endpoint is. */
final class AddressFlows {
  private static final int ICMPV6 = 58;
  private static final int ADVERTISEMENT = 136;

  private final PipelineOptions options;
  private final Layout layout;

  AddressFlows(PipelineOptions options) {
    this.options = options;
    this.layout = options.layout();
  }

  /** Nobody outside may claim these addresses: they are an endpoint's of this node, or its own. */
  List<Flow> notFromOutside(Cidr block) {
    List<Flow> flows = new ArrayList<>();
    flows.add(claim(Matches.ip(block.family()).ipSrc(block)));
    if (block.family() == Family.IPV4) {
      flows.add(claim(Match.builder().ethType(MatchBuilder.ARP).arpSpa(block)));
    } else {
      flows.add(
          claim(Matches.ip(Family.IPV6).ipProto(ICMPV6).icmpv6Type(ADVERTISEMENT).ndTarget(block)));
    }
    return flows;
  }

  private Flow claim(MatchBuilder match) {
    return new Flow(
        layout.guard(),
        300,
        Cookie.Kind.SPOOFED.cookie(),
        match.reg(Layout.CLASS, Layout.CLASS_OUTSIDE).build(),
        options.verdicts().deny(Cookie.Kind.SPOOFED.cookie()));
  }

  /**
   * Flows of an address that an endpoint of this node holds. What comes from the host or outside is
   * tracked and judged if it goes to such an address, or is a pod's traffic that the host routed.
   */
  List<Flow> local(IpAddress address) {
    List<Flow> flows = new ArrayList<>(notFromOutside(Cidr.host(address)));
    Family family = address.family();
    flows.add(track(Matches.ip(family).reg(Layout.NOT_POD, 1).ipDst(address)));
    flows.add(track(Matches.ip(family).reg(Layout.CLASS, Layout.CLASS_HOST).ipSrc(address)));
    return flows;
  }

  private Flow track(MatchBuilder match) {
    return Flow.of(
        layout.guard(),
        220,
        Cookie.Kind.FRAME.cookie(),
        match.build(),
        Action.Ct.track(options.zone(), layout.state()));
  }

  /** Runs the stages once for each of several holders of an address. */
  List<Flow> contested(IpAddress address, int holders) {
    List<Flow> flows = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (int holder = 0; holder < holders - 1; holder++) {
        flows.add(
            Flow.of(
                layout.next(direction),
                100,
                Cookie.Kind.FRAME.cookie(),
                Matches.subject(direction, address, holder).build(),
                Action.SetField.reg(Layout.HOLDER, holder + 1),
                new Action.Resubmit(layout.tier(direction, Tier.SYSTEM))));
      }
    }
    return flows;
  }
}
