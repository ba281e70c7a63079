package io.sluice.api.net;

import java.util.Optional;

/** The transport protocols that NetworkPolicy defines (API field {@code ports[].protocol}). */
public enum Protocol {
  TCP(6),
  UDP(17),
  SCTP(132);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** The IANA protocol number, as in the IPv4 protocol and IPv6 next header fields. */
  public int number() {
    return number;
  }

  /** The protocol of exactly this name (upper case, as the API demands), if it is one. */
  public static Optional<Protocol> named(String name) {
    return switch (name) {
      case "TCP" -> Optional.of(TCP);
      case "UDP" -> Optional.of(UDP);
      case "SCTP" -> Optional.of(SCTP);
      default -> Optional.empty();
    };
  }

  /** The protocol of this IANA number, if it is one of the three. */
  public static Optional<Protocol> numbered(int number) {
    return switch (number) {
      case 6 -> Optional.of(TCP);
      case 17 -> Optional.of(UDP);
      case 132 -> Optional.of(SCTP);
      default -> Optional.empty();
    };
  }
}
