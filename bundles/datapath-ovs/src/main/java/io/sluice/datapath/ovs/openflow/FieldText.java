package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;

/** Writes a field's value in the notation of {@code ovs-ofctl}. */
final class FieldText {
  private FieldText() {}

  static String of(FieldMatch match) {
    Field field = match.field();
    String name = field.text() + "=";
    return switch (field.format()) {
      case CT_STATE -> name + Flags.CT_STATE.format(match);
      case TCP_FLAGS -> name + Flags.TCP.format(match);
      case FRAGMENT -> name + fragment(match);
      default -> {
        String value = value(field, match.value());
        yield match.exact() ? name + value : name + value + "/" + mask(match);
      }
    };
  }

  static String value(Field field, Bits bits) {
    return switch (field.format()) {
      case DECIMAL -> Long.toUnsignedString(bits.low());
      case PORT -> PortNumber.text((int) bits.low());
      case MAC -> mac(bits.low());
      case IPV4 -> IpAddress.v4((int) bits.low()).toString();
      case IPV6 -> IpAddress.v6(bits.high(), bits.low()).toString();
      case HEX, FRAGMENT, CT_STATE, TCP_FLAGS -> hex(bits);
    };
  }

  private static String mask(FieldMatch match) {
    Field field = match.field();
    return switch (field.format()) {
      case IPV4, IPV6 -> {
        Family family = field.format() == Field.Format.IPV4 ? Family.IPV4 : Family.IPV6;
        int prefix = Long.bitCount(match.mask().high()) + Long.bitCount(match.mask().low());
        yield match.mask().equals(Bits.prefix(prefix, family.bits()))
            ? Integer.toString(prefix)
            : value(field, match.mask());
      }
      case MAC -> mac(match.mask().low());
      default -> hex(match.mask());
    };
  }

  private static String mac(long bits) {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append("%02x".formatted(bits >>> shift & 0xff)).append(shift == 0 ? "" : ":");
    }
    return text.toString();
  }

  private static String hex(Bits bits) {
    return bits.high() == 0
        ? "0x" + Long.toHexString(bits.low())
        : "0x" + Long.toHexString(bits.high()) + "%016x".formatted(bits.low());
  }

  /** Bit 0: is a fragment; bit 1: is not the first one (NXM_NX_IP_FRAG). */
  private static String fragment(FieldMatch match) {
    int value = (int) match.value().low();
    return switch ((int) match.mask().low()) {
      case 1 -> value == 0 ? "no" : "yes";
      case 2 -> value == 0 ? "not_later" : "later";
      default -> value == 0 ? "no" : value == 1 ? "first" : "later";
    };
  }
}
