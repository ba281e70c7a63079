package io.sluice.datapath.ovs.openflow;

import java.util.List;

/** Fields whose bits have names, in the notation {@code +trk-inv}. */
final class Flags {
  /** Bits of ct_state (ovs-fields(7)). */
  static final Flags CT_STATE = new Flags("new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat");

  /** Bits of the TCP header (RFC 9293 section 3.1). */
  static final Flags TCP = new Flags("fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns");

  private final List<String> names;

  private Flags(String... names) {
    this.names = List.of(names);
  }

  /** What {@code text} demands of the field. */
  FieldMatch parse(Field field, String text) {
    long value = 0;
    long mask = 0;
    int at = 0;
    while (at < text.length()) {
      char sign = text.charAt(at);
      int end = at + 1;
      while (end < text.length() && text.charAt(end) != '+' && text.charAt(end) != '-') {
        end++;
      }
      int bit = names.indexOf(text.substring(at + 1, end));
      if (bit < 0 || (sign != '+' && sign != '-')) {
        throw new IllegalArgumentException(
            "'" + text + "' is not of the form +flag-flag with flags of " + names);
      }
      mask |= 1L << bit;
      value |= sign == '+' ? 1L << bit : 0;
      at = end;
    }
    return new FieldMatch(field, Bits.of(value), Bits.of(mask));
  }

  /** The text of a match, or of its numbers where a bit has no name. */
  String format(FieldMatch match) {
    long value = match.value().low();
    long mask = match.mask().low();
    if (mask >>> names.size() != 0) {
      return "0x%x/0x%x".formatted(value, mask);
    }
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < names.size(); bit++) {
      if ((mask >>> bit & 1) != 0) {
        text.append((value >>> bit & 1) != 0 ? '+' : '-').append(names.get(bit));
      }
    }
    return text.toString();
  }
}
