package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import java.util.List;
import java.util.Optional;

/**
 * What is at the ports of the bridge.
 *
 * @param host the host's port, if the bridge has it
 * @param uplinks the uplink ports
 * @param finals the ports that {@link FinalAction.Ports} names
 * @param bound the ports of local endpoints
 * @param learning ports of local endpoints whose MAC is not known yet
 * @param unknown ports that name no local endpoint; one that names an endpoint but is refused (a
 *     bad MAC, an older claim) is in no list and stays denied, also where unknown pods are allowed
 */
record SwitchPorts(
    Optional<Host> host,
    List<Integer> uplinks,
    List<Integer> finals,
    List<Bound> bound,
    List<Integer> learning,
    List<Integer> unknown) {
  /** No ports. */
  static final SwitchPorts NONE =
      new SwitchPorts(Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  SwitchPorts {
    uplinks = List.copyOf(uplinks);
    finals = List.copyOf(finals);
    bound = List.copyOf(bound);
    learning = List.copyOf(learning);
    unknown = List.copyOf(unknown);
  }

  /** The same with these ports of endpoints. */
  SwitchPorts binding(List<Bound> others) {
    return new SwitchPorts(host, uplinks, finals, others, learning, unknown);
  }

  /**
   * The port of the node itself.
   *
   * @param port its number
   * @param mac its MAC address, if it is known
   */
  record Host(int port, Optional<Long> mac) {}

  /**
   * A local endpoint's port.
   *
   * @param port its number
   * @param name the interface's name
   * @param mac the endpoint's MAC address
   * @param endpoint whose it is
   */
  record Bound(int port, String name, long mac, EndpointId endpoint) {}
}
