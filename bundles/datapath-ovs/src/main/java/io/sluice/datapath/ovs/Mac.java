package io.sluice.datapath.ovs;

import java.util.HexFormat;
import java.util.Optional;

/** MAC addresses as numbers of 48 bits. */
final class Mac {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final int BYTES = 6;

  private Mac() {}

  /** The number of a text like {@code 0a:58:0a:f4:00:05}, if it is an address of one station. */
  static Optional<Long> parse(String text) {
    try {
      byte[] bytes = COLONS.parseHex(text.trim());
      return bytes.length == BYTES
          ? Optional.of(number(bytes, 0)).filter(Mac::unicast)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Six bytes of a frame. */
  static long number(byte[] frame, int offset) {
    long number = 0;
    for (int i = 0; i < BYTES; i++) {
      number = number << 8 | Byte.toUnsignedLong(frame[offset + i]);
    }
    return number;
  }

  /** Whether a station can have this address. */
  static boolean unicast(long mac) {
    return mac != 0 && (mac >>> 40 & 1) == 0;
  }

  static String text(long mac) {
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) (mac >>> (40 - 8 * i));
    }
    return COLONS.formatHex(bytes);
  }
}
