package io.sluice.lab;

import java.util.HexFormat;

/**
 * An Ethernet address.
 *
 * @param bits its 48 bits
 */
public record Mac(long bits) {
  /** All stations. */
  public static final Mac BROADCAST = new Mac(0xffff_ffff_ffffL);

  /** Checks that there are 48 bits. */
  public Mac {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("an Ethernet address has 48 bits");
    }
  }

  /** Reads {@code 0a:58:00:00:00:01}. */
  public static Mac parse(String text) {
    return new Mac(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
  }

  /** The six bytes in network order. */
  public byte[] bytes() {
    byte[] bytes = new byte[6];
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (bits >>> (40 - 8 * i));
    }
    return bytes;
  }

  @Override
  public String toString() {
    return HexFormat.ofDelimiter(":").formatHex(bytes());
  }
}
