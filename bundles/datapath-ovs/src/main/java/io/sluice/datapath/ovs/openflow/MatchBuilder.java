package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a {@link Match}. Calls may come in any order; one that demands nothing (an empty mask, a
 * prefix of length 0) is as if it had not been made; of two for one field the later counts.
 *
 * <p>A field's presuppositions are the caller's business: {@link #tcpDst} needs {@link #ipProto}
 * and that {@link #ethType}; the fields of a connection's original tuple need {@code
 * ctState("+trk-inv")} and those with addresses an {@link #ethType}.
 */
public final class MatchBuilder {
  /** EtherType of IPv4. */
  public static final int IPV4 = 0x0800;

  /** EtherType of ARP. */
  public static final int ARP = 0x0806;

  /** EtherType of IPv6. */
  public static final int IPV6 = 0x86dd;

  private final Map<Field, FieldMatch> fields = new EnumMap<>(Field.class);
  private final ByteArrayOutputStream foreign = new ByteArrayOutputStream(0);

  MatchBuilder() {}

  /** Some bits of any field. */
  public MatchBuilder set(Field field, Bits value, Bits mask) {
    Optional<Integer> first = field.firstRegister();
    if (first.isPresent()) {
      return registers(first.get(), value.high(), mask.high())
          .registers(first.get() + 2, value.low(), mask.low());
    }
    if (mask.and(field.all()).isZero()) {
      fields.remove(field);
    } else {
      fields.put(field, new FieldMatch(field, value, mask));
    }
    return this;
  }

  /** A pair of registers: the first one in the upper half. */
  MatchBuilder registers(int first, long value, long mask) {
    return masked(Field.register(first), value >>> 32, mask >>> 32)
        .masked(Field.register(first + 1), value & 0xffffffffL, mask & 0xffffffffL);
  }

  private MatchBuilder exact(Field field, long value) {
    return set(field, Bits.of(value), field.all());
  }

  private MatchBuilder masked(Field field, long value, long mask) {
    return set(field, Bits.of(value), Bits.of(mask));
  }

  private MatchBuilder address(Field v4, Field v6, Cidr block) {
    int bits = block.family().bits();
    return set(
        block.family() == Family.IPV4 ? v4 : v6,
        Bits.of(block.base()),
        Bits.prefix(block.prefix(), bits));
  }

  /** The port by which the packet came in; also one of {@link PortNumber}. */
  public MatchBuilder inPort(int port) {
    return exact(Field.IN_PORT, Integer.toUnsignedLong(port));
  }

  /** Some bits of the metadata that tables hand on. */
  public MatchBuilder metadata(long value, long mask) {
    return masked(Field.METADATA, value, mask);
  }

  /** A whole register. */
  public MatchBuilder reg(int number, int value) {
    return reg(number, value, -1);
  }

  /** Some bits of a register. */
  public MatchBuilder reg(int number, int value, int mask) {
    return masked(
        Field.register(number), Integer.toUnsignedLong(value), Integer.toUnsignedLong(mask));
  }

  /** Some bits of a register. */
  public MatchBuilder reg(RegisterField part, int value) {
    return reg(part.number(), part.shifted(value), part.mask());
  }

  /** The number of a conjunction of which every clause matched. */
  public MatchBuilder conjId(int id) {
    return exact(Field.CONJ_ID, Integer.toUnsignedLong(id));
  }

  /** The destination MAC address, 48 bits. */
  public MatchBuilder ethDst(long mac) {
    return exact(Field.ETH_DST, mac);
  }

  /** Some bits of the destination MAC address. */
  public MatchBuilder ethDst(long mac, long mask) {
    return masked(Field.ETH_DST, mac, mask);
  }

  /** The source MAC address, 48 bits. */
  public MatchBuilder ethSrc(long mac) {
    return exact(Field.ETH_SRC, mac);
  }

  /** Some bits of the source MAC address. */
  public MatchBuilder ethSrc(long mac, long mask) {
    return masked(Field.ETH_SRC, mac, mask);
  }

  /** The EtherType. */
  public MatchBuilder ethType(int type) {
    return exact(Field.ETH_TYPE, type);
  }

  /** The id of a VLAN tag, 0 to 4095. */
  public MatchBuilder vlan(int id) {
    return exact(Field.VLAN_VID, 0x1000 | id);
  }

  /** No VLAN tag. */
  public MatchBuilder noVlan() {
    return exact(Field.VLAN_VID, 0);
  }

  /** Whether the packet is an IP fragment other than the first. */
  public MatchBuilder laterFragment(boolean later) {
    return masked(Field.IP_FRAG, later ? 2 : 0, 2);
  }

  /** The IP protocol; of IPv6 the last next header. */
  public MatchBuilder ipProto(int protocol) {
    return exact(Field.IP_PROTO, protocol);
  }

  /** The source address, of the block's family. */
  public MatchBuilder ipSrc(Cidr block) {
    return address(Field.IPV4_SRC, Field.IPV6_SRC, block);
  }

  /** The source address, of its family. */
  public MatchBuilder ipSrc(IpAddress address) {
    return ipSrc(Cidr.host(address));
  }

  /** The destination address, of the block's family. */
  public MatchBuilder ipDst(Cidr block) {
    return address(Field.IPV4_DST, Field.IPV6_DST, block);
  }

  /** The destination address, of its family. */
  public MatchBuilder ipDst(IpAddress address) {
    return ipDst(Cidr.host(address));
  }

  /** Some bits of the TCP source port. */
  public MatchBuilder tcpSrc(int port, int mask) {
    return masked(Field.TCP_SRC, port, mask);
  }

  /** Some bits of the TCP destination port. */
  public MatchBuilder tcpDst(int port, int mask) {
    return masked(Field.TCP_DST, port, mask);
  }

  /** Flags of the TCP header, for example {@code +syn-ack}. */
  public MatchBuilder tcpFlags(String flags) {
    FieldMatch match = Flags.TCP.parse(Field.TCP_FLAGS, flags);
    return set(match.field(), match.value(), match.mask());
  }

  /** Some bits of the UDP source port. */
  public MatchBuilder udpSrc(int port, int mask) {
    return masked(Field.UDP_SRC, port, mask);
  }

  /** Some bits of the UDP destination port. */
  public MatchBuilder udpDst(int port, int mask) {
    return masked(Field.UDP_DST, port, mask);
  }

  /** Some bits of the SCTP source port. */
  public MatchBuilder sctpSrc(int port, int mask) {
    return masked(Field.SCTP_SRC, port, mask);
  }

  /** Some bits of the SCTP destination port. */
  public MatchBuilder sctpDst(int port, int mask) {
    return masked(Field.SCTP_DST, port, mask);
  }

  /** The type of an ICMP message. */
  public MatchBuilder icmpType(int type) {
    return exact(Field.ICMPV4_TYPE, type);
  }

  /** The code of an ICMP message. */
  public MatchBuilder icmpCode(int code) {
    return exact(Field.ICMPV4_CODE, code);
  }

  /** The type of an ICMPv6 message. */
  public MatchBuilder icmpv6Type(int type) {
    return exact(Field.ICMPV6_TYPE, type);
  }

  /** The code of an ICMPv6 message. */
  public MatchBuilder icmpv6Code(int code) {
    return exact(Field.ICMPV6_CODE, code);
  }

  /** The target of a neighbour solicitation or advertisement (RFC 4861 section 4.3). */
  public MatchBuilder ndTarget(Cidr block) {
    return address(Field.ND_TARGET, Field.ND_TARGET, block);
  }

  /** The source link-layer address option; demands that it is there unless the MAC is 0. */
  public MatchBuilder ndSll(long mac) {
    return exact(Field.ND_SLL, mac);
  }

  /** The target link-layer address option; demands that it is there unless the MAC is 0. */
  public MatchBuilder ndTll(long mac) {
    return exact(Field.ND_TLL, mac);
  }

  /** The ARP operation: 1 request, 2 reply. */
  public MatchBuilder arpOp(int operation) {
    return exact(Field.ARP_OP, operation);
  }

  /** The ARP sender's IPv4 address. */
  public MatchBuilder arpSpa(Cidr block) {
    return address(Field.ARP_SPA, Field.ARP_SPA, block);
  }

  /** The ARP target's IPv4 address. */
  public MatchBuilder arpTpa(Cidr block) {
    return address(Field.ARP_TPA, Field.ARP_TPA, block);
  }

  /** The ARP sender's MAC address. */
  public MatchBuilder arpSha(long mac) {
    return exact(Field.ARP_SHA, mac);
  }

  /** The ARP target's MAC address. */
  public MatchBuilder arpTha(long mac) {
    return exact(Field.ARP_THA, mac);
  }

  /** What connection tracking found: {@code +new}, {@code +trk-inv}; see ovs-fields(7). */
  public MatchBuilder ctState(String flags) {
    FieldMatch match = Flags.CT_STATE.parse(Field.CT_STATE, flags);
    return set(match.field(), match.value(), match.mask());
  }

  /** The zone in which the packet was tracked last. */
  public MatchBuilder ctZone(int zone) {
    return exact(Field.CT_ZONE, zone);
  }

  /** Some bits of the connection's mark. */
  public MatchBuilder ctMark(int value, int mask) {
    return masked(Field.CT_MARK, Integer.toUnsignedLong(value), Integer.toUnsignedLong(mask));
  }

  /** Some bits of the connection's label. */
  public MatchBuilder ctLabel(Bits value, Bits mask) {
    return set(Field.CT_LABEL, value, mask);
  }

  /** The IP protocol of the connection's original direction. */
  public MatchBuilder ctNwProto(int protocol) {
    return exact(Field.CT_NW_PROTO, protocol);
  }

  /** The source address of the connection's original direction. */
  public MatchBuilder ctSrc(Cidr block) {
    return address(Field.CT_NW_SRC, Field.CT_IPV6_SRC, block);
  }

  /** The destination address of the connection's original direction. */
  public MatchBuilder ctDst(Cidr block) {
    return address(Field.CT_NW_DST, Field.CT_IPV6_DST, block);
  }

  /** Some bits of the source port of the connection's original direction. */
  public MatchBuilder ctTpSrc(int port, int mask) {
    return masked(Field.CT_TP_SRC, port, mask);
  }

  /** Some bits of the destination port of the connection's original direction. */
  public MatchBuilder ctTpDst(int port, int mask) {
    return masked(Field.CT_TP_DST, port, mask);
  }

  /** Keeps an OXM field that this model does not know, so that a foreign match stays itself. */
  void foreign(byte[] oxm) {
    foreign.writeBytes(oxm);
  }

  Optional<String> foreign() {
    return foreign.size() == 0
        ? Optional.empty()
        : Optional.of(HexFormat.of().formatHex(foreign.toByteArray()));
  }

  Collection<FieldMatch> fields() {
    return fields.values();
  }

  Optional<FieldMatch> field(Field field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** The match. */
  public Match build() {
    int length = foreign.size();
    for (FieldMatch field : fields.values()) {
      length += MatchCodec.length(field);
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (FieldMatch field : fields.values()) {
      MatchCodec.put(buffer, field);
    }
    return new Match(buffer.put(foreign.toByteArray()).array());
  }
}
