package io.sluice.datapath.ovs.openflow;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A field of a packet or of its metadata, as an OXM type (OpenFlow 1.5.1 section 7.2.3) or a Nicira
 * extension to it. A field comes after those that it presupposes, as the switch demands of a match.
 */
public enum Field {
  IN_PORT(Oxm.BASIC, 0, 4, "in_port", Format.PORT),
  METADATA(Oxm.BASIC, 2, 8, "metadata", Format.HEX),
  REG0(Oxm.NICIRA, 0, 4, "reg0", Format.HEX),
  REG1(Oxm.NICIRA, 1, 4, "reg1", Format.HEX),
  REG2(Oxm.NICIRA, 2, 4, "reg2", Format.HEX),
  REG3(Oxm.NICIRA, 3, 4, "reg3", Format.HEX),
  REG4(Oxm.NICIRA, 4, 4, "reg4", Format.HEX),
  REG5(Oxm.NICIRA, 5, 4, "reg5", Format.HEX),
  REG6(Oxm.NICIRA, 6, 4, "reg6", Format.HEX),
  REG7(Oxm.NICIRA, 7, 4, "reg7", Format.HEX),
  REG8(Oxm.NICIRA, 8, 4, "reg8", Format.HEX),
  REG9(Oxm.NICIRA, 9, 4, "reg9", Format.HEX),
  REG10(Oxm.NICIRA, 10, 4, "reg10", Format.HEX),
  REG11(Oxm.NICIRA, 11, 4, "reg11", Format.HEX),
  REG12(Oxm.NICIRA, 12, 4, "reg12", Format.HEX),
  REG13(Oxm.NICIRA, 13, 4, "reg13", Format.HEX),
  REG14(Oxm.NICIRA, 14, 4, "reg14", Format.HEX),
  REG15(Oxm.NICIRA, 15, 4, "reg15", Format.HEX),
  /** Registers 0 to 3 as one; in a match it stands for the four. */
  XXREG0(Oxm.NICIRA, 111, 16, "xxreg0", Format.HEX),
  /** Registers 4 to 7 as one. */
  XXREG1(Oxm.NICIRA, 112, 16, "xxreg1", Format.HEX),
  /** Registers 8 to 11 as one. */
  XXREG2(Oxm.NICIRA, 113, 16, "xxreg2", Format.HEX),
  /** Registers 12 to 15 as one. */
  XXREG3(Oxm.NICIRA, 114, 16, "xxreg3", Format.HEX),
  CONJ_ID(Oxm.NICIRA, 37, 4, "conj_id", Format.DECIMAL),
  ETH_DST(Oxm.BASIC, 3, 6, "eth_dst", Format.MAC),
  ETH_SRC(Oxm.BASIC, 4, 6, "eth_src", Format.MAC),
  ETH_TYPE(Oxm.BASIC, 5, 2, "eth_type", Format.HEX),
  VLAN_VID(Oxm.BASIC, 6, 2, "vlan_vid", Format.HEX),
  IP_FRAG(Oxm.NICIRA, 26, 1, "ip_frag", Format.FRAGMENT),
  IP_PROTO(Oxm.BASIC, 10, 1, "nw_proto", Format.DECIMAL),
  IPV4_SRC(Oxm.BASIC, 11, 4, "nw_src", Format.IPV4),
  IPV4_DST(Oxm.BASIC, 12, 4, "nw_dst", Format.IPV4),
  IPV6_SRC(Oxm.BASIC, 26, 16, "ipv6_src", Format.IPV6),
  IPV6_DST(Oxm.BASIC, 27, 16, "ipv6_dst", Format.IPV6),
  CT_STATE(Oxm.NICIRA, 105, 4, "ct_state", Format.CT_STATE),
  CT_ZONE(Oxm.NICIRA, 106, 2, "ct_zone", Format.DECIMAL),
  CT_MARK(Oxm.NICIRA, 107, 4, "ct_mark", Format.HEX),
  CT_LABEL(Oxm.NICIRA, 108, 16, "ct_label", Format.HEX),
  CT_NW_PROTO(Oxm.NICIRA, 119, 1, "ct_nw_proto", Format.DECIMAL),
  CT_NW_SRC(Oxm.NICIRA, 120, 4, "ct_nw_src", Format.IPV4),
  CT_NW_DST(Oxm.NICIRA, 121, 4, "ct_nw_dst", Format.IPV4),
  CT_IPV6_SRC(Oxm.NICIRA, 122, 16, "ct_ipv6_src", Format.IPV6),
  CT_IPV6_DST(Oxm.NICIRA, 123, 16, "ct_ipv6_dst", Format.IPV6),
  CT_TP_SRC(Oxm.NICIRA, 124, 2, "ct_tp_src", Format.DECIMAL),
  CT_TP_DST(Oxm.NICIRA, 125, 2, "ct_tp_dst", Format.DECIMAL),
  TCP_SRC(Oxm.BASIC, 13, 2, "tcp_src", Format.DECIMAL),
  TCP_DST(Oxm.BASIC, 14, 2, "tcp_dst", Format.DECIMAL),
  TCP_FLAGS(Oxm.BASIC, 42, 2, "tcp_flags", Format.TCP_FLAGS),
  UDP_SRC(Oxm.BASIC, 15, 2, "udp_src", Format.DECIMAL),
  UDP_DST(Oxm.BASIC, 16, 2, "udp_dst", Format.DECIMAL),
  SCTP_SRC(Oxm.BASIC, 17, 2, "sctp_src", Format.DECIMAL),
  SCTP_DST(Oxm.BASIC, 18, 2, "sctp_dst", Format.DECIMAL),
  ICMPV4_TYPE(Oxm.BASIC, 19, 1, "icmp_type", Format.DECIMAL),
  ICMPV4_CODE(Oxm.BASIC, 20, 1, "icmp_code", Format.DECIMAL),
  ICMPV6_TYPE(Oxm.BASIC, 29, 1, "icmpv6_type", Format.DECIMAL),
  ICMPV6_CODE(Oxm.BASIC, 30, 1, "icmpv6_code", Format.DECIMAL),
  ND_TARGET(Oxm.BASIC, 31, 16, "nd_target", Format.IPV6),
  ND_SLL(Oxm.BASIC, 32, 6, "nd_sll", Format.MAC),
  ND_TLL(Oxm.BASIC, 33, 6, "nd_tll", Format.MAC),
  ARP_OP(Oxm.BASIC, 21, 2, "arp_op", Format.DECIMAL),
  ARP_SPA(Oxm.BASIC, 22, 4, "arp_spa", Format.IPV4),
  ARP_TPA(Oxm.BASIC, 23, 4, "arp_tpa", Format.IPV4),
  ARP_SHA(Oxm.BASIC, 24, 6, "arp_sha", Format.MAC),
  ARP_THA(Oxm.BASIC, 25, 6, "arp_tha", Format.MAC);

  /** How {@code ovs-ofctl} writes a field. */
  enum Format {
    DECIMAL,
    HEX,
    PORT,
    MAC,
    IPV4,
    IPV6,
    FRAGMENT,
    CT_STATE,
    TCP_FLAGS
  }

  private static final Map<Integer, Field> BY_TYPE = new HashMap<>();

  static {
    for (Field field : values()) {
      BY_TYPE.put(field.type, field);
    }
  }

  private final int type;
  private final int bytes;
  private final String text;
  private final Format format;
  private final int bits;

  Field(int oxmClass, int number, int bytes, String text, Format format) {
    this.type = oxmClass << 7 | number;
    this.bytes = bytes;
    this.text = text;
    this.format = format;
    // A VLAN id has 12 bits and one that says whether there is a tag.
    this.bits =
        switch (text) {
          case "vlan_vid" -> 13;
          case "tcp_flags" -> 12;
          case "ip_frag" -> 2;
          default -> bytes * 8;
        };
  }

  /** The register of this number, 0 to 15. */
  public static Field register(int number) {
    if (number < 0 || number > 15) {
      throw new IllegalArgumentException("registers are 0 to 15, not " + number);
    }
    return ofType(Oxm.NICIRA << 7 | number).orElseThrow();
  }

  /** Its number, if it is one of the registers of 32 bits. */
  Optional<Integer> registerNumber() {
    return type >>> 4 == Oxm.NICIRA << 3 ? Optional.of(type & 0xf) : Optional.empty();
  }

  /** The first of the four registers that this one stands for, if it does. */
  Optional<Integer> firstRegister() {
    int number = type - (Oxm.NICIRA << 7 | 111);
    return number >= 0 && number < 4 ? Optional.of(number * 4) : Optional.empty();
  }

  /** The field that a header without a mask names, by its OXM type or an older Nicira one. */
  static Optional<Field> ofHeader(int header) {
    Optional<Field> field = ofType(header >>> 9);
    return field
        .or(() -> Optional.ofNullable(Oxm.OLDER.get(header >>> 9)))
        .filter(found -> (header & 0x1ff) == found.bytes);
  }

  /** The field of this OXM type (class and number, the upper 23 bits of its header), if known. */
  static Optional<Field> ofType(int type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** The upper 23 bits of the OXM header: class and field number. */
  int type() {
    return type;
  }

  /** Length of the value in bytes, without a mask. */
  int bytes() {
    return bytes;
  }

  /** Length of the value in bits. */
  int bits() {
    return bits;
  }

  /** The mask that demands every bit of the field. */
  Bits all() {
    return Bits.ones(bits);
  }

  /** The OXM header. */
  int header(boolean masked) {
    return type << 9 | (masked ? 0x100 | bytes * 2 : bytes);
  }

  /** Its name in the notation of {@code ovs-ofctl}. */
  public String text() {
    return text;
  }

  Format format() {
    return format;
  }
}
