package io.sluice.api.policy;

import io.sluice.api.net.Protocol;

/** Which destination ports, as a dialect says it. Ports are those of the destination pod. */
public sealed interface PortMatch {
  /** A match that needs no look-up of names; the only kind that datapaths see. */
  sealed interface Resolved extends PortMatch {}

  /** Every protocol, also those without ports. */
  record Any() implements Resolved {}

  /**
   * A range of ports of one protocol. All ports of a protocol are {@code 0} to {@code 65535}.
   *
   * @param protocol the protocol
   * @param first the first port
   * @param last the last port, inclusive
   */
  record Range(Protocol protocol, int first, int last) implements Resolved {
    /** Checks the bounds. */
    public Range {
      if (first < 0 || last > 65535 || first > last) {
        throw new IllegalArgumentException("no range of ports: " + first + "-" + last);
      }
    }

    /** All ports of a protocol. */
    public static Range all(Protocol protocol) {
      return new Range(protocol, 0, 65535);
    }

    /** Whether every port of the protocol is meant. */
    public boolean isAll() {
      return first == 0 && last == 65535;
    }
  }

  /**
   * A port by its name: on each destination pod the container ports of this name and protocol. A
   * destination that is no pod, or has no such port, is not matched.
   *
   * @param protocol the protocol
   * @param name the port's name
   */
  record Named(Protocol protocol, String name) implements PortMatch {}
}
