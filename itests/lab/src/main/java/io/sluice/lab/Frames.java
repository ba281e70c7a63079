package io.sluice.lab;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Builds frames byte by byte, true or false ones, with right lengths and checksums. */
public final class Frames {
  /** EtherType of IPv4. */
  public static final int IPV4 = 0x0800;

  /** EtherType of ARP. */
  public static final int ARP = 0x0806;

  /** EtherType of IPv6. */
  public static final int IPV6 = 0x86dd;

  private static final int ICMP = 1;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;

  private Frames() {}

  /** An Ethernet II frame. */
  public static byte[] ethernet(Mac destination, Mac source, int type, byte[] payload) {
    return ByteBuffer.allocate(14 + payload.length)
        .put(destination.bytes())
        .put(source.bytes())
        .putShort((short) type)
        .put(payload)
        .array();
  }

  /** A frame with an IP packet of the addresses' family. */
  public static byte[] ip(
      Mac destinationMac,
      Mac sourceMac,
      InetAddress source,
      InetAddress destination,
      int protocol,
      byte[] payload) {
    boolean v4 = source.getAddress().length == 4;
    return ethernet(
        destinationMac,
        sourceMac,
        v4 ? IPV4 : IPV6,
        packet(source, destination, protocol, payload));
  }

  /** An IP packet (RFC 791, RFC 8200), hop limit 255 as neighbour discovery wants it. */
  public static byte[] packet(
      InetAddress source, InetAddress destination, int protocol, byte[] payload) {
    if (source.getAddress().length == 4) {
      ByteBuffer packet = ByteBuffer.allocate(20 + payload.length);
      packet.putShort((short) 0x4500).putShort((short) packet.capacity());
      packet.putShort((short) 1).putShort((short) 0x4000);
      packet.put((byte) 255).put((byte) protocol).putShort((short) 0);
      packet.put(source.getAddress()).put(destination.getAddress()).put(payload);
      packet.putShort(10, checksum(packet.array(), 0, 20, 0));
      return packet.array();
    }
    ByteBuffer packet = ByteBuffer.allocate(40 + payload.length);
    packet.putInt(0x6000_0000).putShort((short) payload.length);
    packet.put((byte) protocol).put((byte) 255);
    return packet.put(source.getAddress()).put(destination.getAddress()).put(payload).array();
  }

  /** A UDP datagram (RFC 768) for an IP packet between these addresses. */
  public static byte[] udp(
      InetAddress source, int sourcePort, InetAddress destination, int port, byte[] data) {
    ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
    datagram.putShort((short) sourcePort).putShort((short) port);
    datagram.putShort((short) datagram.capacity()).putShort((short) 0).put(data);
    short sum = transportChecksum(source, destination, UDP, datagram.array());
    datagram.putShort(6, sum == 0 ? -1 : sum);
    return datagram.array();
  }

  /**
   * A TCP segment without options and data (RFC 9293).
   *
   * @param flags for example 2 for SYN, 16 for ACK
   */
  public static byte[] tcp(
      InetAddress source, int sourcePort, InetAddress destination, int port, int flags) {
    ByteBuffer segment = ByteBuffer.allocate(20);
    segment.putShort((short) sourcePort).putShort((short) port).putInt(1).putInt(0);
    segment.put((byte) 0x50).put((byte) flags).putShort((short) 8192).putInt(0);
    segment.putShort(16, transportChecksum(source, destination, 6, segment.array()));
    return segment.array();
  }

  /**
   * An ICMP or ICMPv6 message.
   *
   * @param rest what follows the checksum
   */
  public static byte[] icmp(
      InetAddress source, InetAddress destination, int type, int code, byte[] rest) {
    ByteBuffer message = ByteBuffer.allocate(4 + rest.length);
    message.put((byte) type).put((byte) code).putShort((short) 0).put(rest);
    boolean v4 = source.getAddress().length == 4;
    message.putShort(
        2,
        v4
            ? checksum(message.array(), 0, message.capacity(), 0)
            : transportChecksum(source, destination, ICMPV6, message.array()));
    return message.array();
  }

  /** The protocol number of {@link #icmp} in packets of this family. */
  public static int icmpProtocol(InetAddress address) {
    return address.getAddress().length == 4 ? ICMP : ICMPV6;
  }

  /** An ARP packet (RFC 826): operation 1 asks, 2 answers. */
  public static byte[] arp(
      int operation, Mac senderMac, InetAddress sender, Mac targetMac, InetAddress target) {
    return ByteBuffer.allocate(28)
        .putShort((short) 1)
        .putShort((short) IPV4)
        .put((byte) 6)
        .put((byte) 4)
        .putShort((short) operation)
        .put(senderMac.bytes())
        .put(sender.getAddress())
        .put(targetMac.bytes())
        .put(target.getAddress())
        .array();
  }

  /** Whether these bytes occur somewhere in the frame: marks make a probe's frames known. */
  public static boolean contains(byte[] frame, byte[] mark) {
    for (int at = 0; at + mark.length <= frame.length; at++) {
      int same = 0;
      while (same < mark.length && frame[at + same] == mark[same]) {
        same++;
      }
      if (same == mark.length) {
        return true;
      }
    }
    return false;
  }

  private static short transportChecksum(
      InetAddress source, InetAddress destination, int protocol, byte[] segment) {
    byte[] from = source.getAddress();
    byte[] to = destination.getAddress();
    long pseudo = sum(from, 0, from.length) + sum(to, 0, to.length) + protocol + segment.length;
    return checksum(segment, 0, segment.length, pseudo);
  }

  /** The Internet checksum (RFC 1071). */
  private static short checksum(byte[] data, int from, int length, long begin) {
    long total = begin + sum(data, from, length);
    while (total >>> 16 != 0) {
      total = (total & 0xffff) + (total >>> 16);
    }
    return (short) ~total;
  }

  private static long sum(byte[] data, int from, int length) {
    long total = 0;
    for (int i = 0; i < length; i++) {
      total += (data[from + i] & 0xffL) << (i % 2 == 0 ? 8 : 0);
    }
    return total;
  }
}
