package io.sluice.datapath.ovs;

import java.util.Arrays;
import java.util.List;

/**
 * What becomes of packets that may pass and go to no pod of this node (key {@code finalAction}).
 */
sealed interface FinalAction {
  /**
   * Sluice switches: to the host's port by its MAC, else to the host's and the uplink ports.
   * Packets never go to a port of another kind, as the flooding of {@code NORMAL} would.
   */
  record Normal() implements FinalAction {}

  /**
   * Another pipeline goes on.
   *
   * @param table its first table
   */
  record Table(int table) implements FinalAction {}

  /**
   * Out of these ports.
   *
   * @param ports their names
   */
  record Ports(List<String> ports) implements FinalAction {
    /** Copies the list. */
    public Ports {
      ports = List.copyOf(ports);
    }
  }

  /**
   * Parses {@code normal}, {@code table:N} or {@code output:PORT,PORT}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static FinalAction parse(String text) {
    if (text.equals("normal")) {
      return new Normal();
    }
    if (text.startsWith("table:") && text.substring(6).matches("\\d{1,3}")) {
      return new Table(Integer.parseInt(text.substring(6)));
    }
    if (text.startsWith("output:") && text.length() > 7) {
      return new Ports(Arrays.stream(text.substring(7).split(",", -1)).map(String::trim).toList());
    }
    throw new IllegalArgumentException(
        "finalAction is normal, table:N or output:PORT,PORT, not '" + text + "'");
  }
}
