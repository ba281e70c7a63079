package io.sluice.kit.cluster;

import java.net.InetAddress;

/** A block of addresses, compared bit by bit. */
final class NaiveBlock {
  private final byte[] base;
  private final int prefix;

  private NaiveBlock(byte[] base, int prefix) {
    this.base = base;
    this.prefix = prefix;
  }

  static NaiveBlock parse(String text) {
    String[] parts = text.split("/", 2);
    return new NaiveBlock(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
  }

  boolean contains(byte[] address) {
    if (address.length != base.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the other block is a smaller one inside. */
  boolean holds(NaiveBlock other) {
    return other.prefix > prefix && contains(other.base);
  }
}
