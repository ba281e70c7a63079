package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.datapath.ovs.openflow.Flow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flows of the ports, as bindings, addresses and isolation change. */
final class PortBook {
  private static final long OWNER_FABRIC = -3;

  private final PipelineOptions options;
  private final FlowBook book;
  private final Holders holders;
  private final RuleFlows rules;
  private final Map<SwitchPorts.Bound, List<Flow>> flows = new HashMap<>();
  private List<Flow> fabric = List.of();
  private int fabricTag;
  private SwitchPorts ports = SwitchPorts.NONE;

  PortBook(PipelineOptions options, FlowBook book, Holders holders, RuleFlows rules) {
    this.options = options;
    this.book = book;
    this.holders = holders;
    this.rules = rules;
  }

  /** Other ports. */
  void refresh(SwitchPorts now) {
    ports = now;
    Set<SwitchPorts.Bound> bound = Set.copyOf(now.bound());
    for (SwitchPorts.Bound gone : Set.copyOf(flows.keySet())) {
      if (!bound.contains(gone)) {
        withdraw(gone);
      }
    }
    now.bound().stream().filter(port -> !flows.containsKey(port)).forEach(this::want);
    Set<EndpointId> guarded = rules.guards().takeChanged();
    now.bound().stream().filter(port -> guarded.contains(port.endpoint())).forEach(this::renew);
    fabric();
  }

  /** The same ports; some endpoints may have other addresses or guards. */
  void refresh(Set<EndpointId> touched) {
    Set<EndpointId> guarded = rules.guards().takeChanged();
    boolean any = false;
    for (SwitchPorts.Bound port : ports.bound()) {
      if (touched.contains(port.endpoint()) || guarded.contains(port.endpoint())) {
        renew(port);
        any = true;
      }
    }
    if (any || rules.unknownTag() != fabricTag) {
      fabric();
    }
  }

  private void renew(SwitchPorts.Bound port) {
    withdraw(port);
    want(port);
  }

  private void withdraw(SwitchPorts.Bound port) {
    List<Flow> gone = flows.remove(port);
    if (gone != null) {
      gone.forEach(flow -> book.remove(port.port(), flow.key()));
    }
  }

  /**
   * A port whose endpoint has gone, but which is still bound to it, is no unguarded pod's: nothing
   * comes from it or goes to it until it is bound anew.
   */
  private boolean inUse(SwitchPorts.Bound port) {
    return holders.knows(port.endpoint());
  }

  private void want(SwitchPorts.Bound port) {
    List<Flow> wanted =
        inUse(port)
            ? PortFlows.of(
                options,
                port,
                holders.addresses(port.endpoint()),
                rules.guards().of(port.endpoint()))
            : List.of();
    wanted.forEach(flow -> book.add(port.port(), flow));
    flows.put(port, wanted);
  }

  private void fabric() {
    fabric.forEach(flow -> book.remove(OWNER_FABRIC, flow.key()));
    fabricTag = rules.unknownTag();
    SwitchPorts used = ports.binding(ports.bound().stream().filter(this::inUse).toList());
    fabric = Fabric.flows(options, used, bound -> rules.guards().of(bound.endpoint()), fabricTag);
    fabric.forEach(flow -> book.add(OWNER_FABRIC, flow));
  }
}
