package io.sluice.api.control;

import io.sluice.api.net.Protocol;

/**
 * A destination port in a question.
 *
 * @param protocol the IP protocol number
 * @param port the destination port, 0 for protocols without ports
 */
public record Service(int protocol, int port) {
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  /** Reads {@code <port>/<protocol>}, or {@code icmp}. */
  public static Service parse(String text) {
    String upper = text.toUpperCase(java.util.Locale.ROOT);
    if (upper.equals("ICMP")) {
      return new Service(ICMP, 0);
    }
    if (upper.equals("ICMPV6")) {
      return new Service(ICMPV6, 0);
    }
    int slash = upper.indexOf('/');
    Protocol protocol =
        Protocol.named(slash < 0 ? "TCP" : upper.substring(slash + 1))
            .orElseThrow(() -> bad(text, "the protocol is TCP, UDP or SCTP"));
    try {
      int port = Integer.parseInt(slash < 0 ? upper : upper.substring(0, slash));
      if (port < 1 || port > 65535) {
        throw bad(text, "a port is 1 to 65535");
      }
      return new Service(protocol.number(), port);
    } catch (NumberFormatException e) {
      throw bad(text, "a port is 1 to 65535");
    }
  }

  private static IllegalArgumentException bad(String text, String why) {
    return new IllegalArgumentException("'" + text + "' is no <port>/<protocol>: " + why);
  }

  /** {@code port/PROTOCOL}, {@code icmp}, or {@code protocol-N}. */
  @Override
  public String toString() {
    return Protocol.numbered(protocol)
        .map(known -> port + "/" + known)
        .orElse(protocol == ICMP || protocol == ICMPV6 ? "icmp" : "protocol-" + protocol);
  }
}
