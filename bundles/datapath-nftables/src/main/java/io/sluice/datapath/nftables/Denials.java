package io.sluice.datapath.nftables;

import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.datapath.nftables.netlink.LoggedPacket;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Says of a logged packet who was denied what, and by which rule. */
final class Denials {
  private static final int IPV6_HEADER = 40;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int DESTINATION = 60;

  private record Head(IpAddress source, IpAddress destination, int protocol, int port) {}

  private long sampled;
  private long unreadable;

  /** What became of a packet; nothing if it can't be said. */
  Optional<Denial> denial(LoggedPacket logged, Compiler compiler) {
    Optional<Sample> sample = Sample.parse(logged.prefix());
    Optional<Head> head = head(logged.packet());
    if (sample.isEmpty() || head.isEmpty()) {
      unreadable++;
      return Optional.empty();
    }
    sampled++;
    boolean egress = sample.get().egress();
    return Optional.of(
        new Denial(
            subject(sample.get(), head.get(), compiler),
            egress ? Direction.EGRESS : Direction.INGRESS,
            head.get().source(),
            head.get().destination(),
            head.get().protocol(),
            head.get().port(),
            Optional.of(sample.get().rule()).filter(rule -> compiler.rule(rule).isPresent()),
            sample.get().kind().reason()));
  }

  /** The end that was judged; of a packet that goes back to who began, it is the other one. */
  private static Optional<EndpointId> subject(Sample sample, Head head, Compiler compiler) {
    return switch (sample.kind()) {
      case UNKNOWN, SPOOFED, STRAY -> Optional.empty();
      case RULE, ISOLATED, STATELESS -> {
        IpAddress first = sample.egress() ? head.source() : head.destination();
        IpAddress second = sample.egress() ? head.destination() : head.source();
        yield compiler.holder(first).or(() -> compiler.holder(second));
      }
    };
  }

  private static Optional<Head> head(ByteBuffer packet) {
    int size = packet.limit();
    if (size >= 20 && packet.get(0) >>> 4 == 4) {
      int length = (packet.get(0) & 15) * 4;
      return Optional.of(head(packet, 12, 4, packet.get(9) & 0xff, length));
    }
    if (size < IPV6_HEADER || (packet.get(0) & 0xff) >>> 4 != 6) {
      return Optional.empty();
    }
    int protocol = packet.get(6) & 0xff;
    int at = IPV6_HEADER;
    while (at + 8 <= size && isExtension(protocol)) {
      int next = packet.get(at) & 0xff;
      at += protocol == FRAGMENT ? 8 : ((packet.get(at + 1) & 0xff) + 1) * 8;
      protocol = next;
    }
    return Optional.of(head(packet, 8, 16, protocol, at));
  }

  private static boolean isExtension(int protocol) {
    return protocol == HOP_BY_HOP
        || protocol == ROUTING
        || protocol == FRAGMENT
        || protocol == DESTINATION;
  }

  private static Head head(ByteBuffer packet, int at, int width, int protocol, int payload) {
    byte[] source = new byte[width];
    byte[] destination = new byte[width];
    packet.get(at, source).get(at + width, destination);
    boolean ports = protocol == TCP || protocol == UDP || protocol == SCTP;
    int port = ports && payload + 4 <= packet.limit() ? packet.getShort(payload + 2) & 0xffff : 0;
    return new Head(IpAddress.of(source), IpAddress.of(destination), protocol, port);
  }

  long sampled() {
    return sampled;
  }

  long unreadable() {
    return unreadable;
  }
}
