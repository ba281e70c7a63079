package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How connection tracking translates addresses.
 *
 * @param kind which end, or as the connection remembers
 * @param address to which address; only with {@link Kind#SOURCE} or {@link Kind#DESTINATION}
 * @param port to which port; only with an address
 */
public record Nat(Kind kind, Optional<IpAddress> address, OptionalInt port) {
  /** Which end. */
  public enum Kind {
    /** As the connection remembers: for packets of one that was committed with translation. */
    REMEMBERED,
    SOURCE,
    DESTINATION
  }

  /** As the connection remembers. */
  public static Nat remembered() {
    return new Nat(Kind.REMEMBERED, Optional.empty(), OptionalInt.empty());
  }

  /** To this destination. */
  public static Nat destination(IpAddress address, OptionalInt port) {
    return new Nat(Kind.DESTINATION, Optional.of(address), port);
  }

  /** From this source. */
  public static Nat source(IpAddress address, OptionalInt port) {
    return new Nat(Kind.SOURCE, Optional.of(address), port);
  }

  @Override
  public String toString() {
    if (kind == Kind.REMEMBERED) {
      return "nat";
    }
    String end = kind == Kind.SOURCE ? "src" : "dst";
    String to =
        address
            .map(ip -> port.isPresent() && ip.high() != 0 ? "[" + ip + "]" : ip.toString())
            .orElse("");
    return "nat(" + end + "=" + to + (port.isPresent() ? ":" + port.getAsInt() : "") + ")";
  }
}
