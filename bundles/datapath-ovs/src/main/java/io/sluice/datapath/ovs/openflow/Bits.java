package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.IpAddress;
import java.nio.ByteBuffer;

/**
 * The value or the mask of a field: up to 128 bits, unsigned, right-aligned.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Bits(long high, long low) {
  /** No bit. */
  public static final Bits ZERO = new Bits(0, 0);

  /** The lower 64 bits. */
  public static Bits of(long low) {
    return new Bits(0, low);
  }

  /** An address, right-aligned. */
  public static Bits of(IpAddress address) {
    return new Bits(address.high(), address.low());
  }

  /** That many ones, right-aligned. */
  public static Bits ones(int count) {
    return new Bits(lowOnes(count - 64), lowOnes(count));
  }

  /** That many ones, left-aligned in a field of {@code width} bits: the mask of a prefix. */
  public static Bits prefix(int count, int width) {
    Bits all = ones(width);
    Bits host = ones(width - count);
    return new Bits(all.high & ~host.high, all.low & ~host.low);
  }

  private static long lowOnes(int count) {
    return count <= 0 ? 0 : count >= 64 ? -1L : -1L >>> (64 - count);
  }

  /** Whether there is no bit. */
  public boolean isZero() {
    return (high | low) == 0;
  }

  /** The bits that both have. */
  public Bits and(Bits other) {
    return new Bits(high & other.high, low & other.low);
  }

  void put(ByteBuffer buffer, int bytes) {
    for (int shift = bytes * 8 - 8; shift >= 0; shift -= 8) {
      buffer.put((byte) (shift >= 64 ? high >>> (shift - 64) : low >>> shift));
    }
  }

  static Bits get(ByteBuffer buffer, int bytes) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < bytes; i++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | Byte.toUnsignedLong(buffer.get());
    }
    return new Bits(high, low);
  }
}
