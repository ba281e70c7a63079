package io.sluice.datapath.ovs;

import io.sluice.api.net.IpAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * The beginning of a frame, read as far as the denial log needs it.
 *
 * @param source the IP source, or the sender of an ARP packet
 * @param destination the IP destination, or the target of an ARP packet
 * @param protocol the IP protocol; 0 for ARP
 * @param port the destination port; 0 for protocols without ports
 */
record FrameHead(IpAddress source, IpAddress destination, int protocol, int port) {
  /** Length of an Ethernet header. */
  static final int ETHERNET = 14;

  private static final int IPV6_HEADER = 40;

  /** Reads a frame; nothing if it is no IP and no ARP, or cut too early. */
  static Optional<FrameHead> read(byte[] frame) {
    try {
      return switch (u16(frame, 12)) {
        case 0x0800 -> Optional.of(v4(frame));
        case 0x86dd -> Optional.of(v6(frame));
        case 0x0806 ->
            Optional.of(new FrameHead(address(frame, 28, 4), address(frame, 38, 4), 0, 0));
        default -> Optional.empty();
      };
    } catch (IndexOutOfBoundsException cut) {
      return Optional.empty();
    }
  }

  private static FrameHead v4(byte[] frame) {
    int header = (frame[ETHERNET] & 0xf) * 4;
    int protocol = Byte.toUnsignedInt(frame[ETHERNET + 9]);
    boolean first = (u16(frame, ETHERNET + 6) & 0x1fff) == 0;
    return new FrameHead(
        address(frame, ETHERNET + 12, 4),
        address(frame, ETHERNET + 16, 4),
        protocol,
        first ? port(frame, protocol, ETHERNET + header) : 0);
  }

  private static FrameHead v6(byte[] frame) {
    int protocol = Byte.toUnsignedInt(frame[ETHERNET + 6]);
    return new FrameHead(
        address(frame, ETHERNET + 8, 16),
        address(frame, ETHERNET + 24, 16),
        protocol,
        port(frame, protocol, ETHERNET + IPV6_HEADER));
  }

  private static int port(byte[] frame, int protocol, int at) {
    return switch (protocol) {
      case 6, 17, 132 -> u16(frame, at + 2);
      default -> 0;
    };
  }

  private static IpAddress address(byte[] frame, int at, int length) {
    if (at + length > frame.length) {
      throw new IndexOutOfBoundsException(at);
    }
    return IpAddress.of(Arrays.copyOfRange(frame, at, at + length));
  }

  private static int u16(byte[] frame, int at) {
    return Byte.toUnsignedInt(frame[at]) << 8 | Byte.toUnsignedInt(frame[at + 1]);
  }
}
