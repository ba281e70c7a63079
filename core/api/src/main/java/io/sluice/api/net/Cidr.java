package io.sluice.api.net;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of addresses.
 *
 * @param base the first address of the block; host bits are zero
 * @param prefix the prefix length, 0 to the family's number of bits
 */
public record Cidr(IpAddress base, int prefix) implements Comparable<Cidr> {
  /** Masks the host bits away, as API servers historically did. */
  public Cidr {
    if (prefix < 0 || prefix > base.family().bits()) {
      throw new IllegalArgumentException(
          "prefix length " + prefix + " is not within 0 to " + base.family().bits());
    }
    base = mask(base, prefix);
  }

  /** The block that holds this one address. */
  public static Cidr host(IpAddress address) {
    return new Cidr(address, address.family().bits());
  }

  /**
   * Parses {@code address/prefix}; host bits are masked away.
   *
   * @throws IllegalArgumentException if it is no block; also for leading zeros and IPv4-mapped
   *     addresses
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + text + "' is not a CIDR: no prefix length");
    }
    String length = text.substring(slash + 1);
    if (length.isEmpty()
        || length.length() > 3
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')
        || (length.length() > 1 && length.charAt(0) == '0')) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a CIDR: the prefix length is no decimal number");
    }
    return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  /** The address family of the block. */
  public Family family() {
    return base.family();
  }

  /** Whether the address lies in this block; never for an address of the other family. */
  public boolean contains(IpAddress address) {
    return address.family() == family() && mask(address, prefix).equals(base);
  }

  /** Whether every address of the other block lies in this one. */
  public boolean contains(Cidr other) {
    return other.prefix >= prefix && contains(other.base);
  }

  /**
   * This block without the given ones, as the fewest disjoint blocks, in ascending order. Blocks of
   * the other family and blocks that do not overlap take nothing away.
   */
  public List<Cidr> minus(List<Cidr> except) {
    List<Cidr> kept = new ArrayList<>();
    subtract(this, except, kept);
    return List.copyOf(kept);
  }

  private static void subtract(Cidr block, List<Cidr> except, List<Cidr> kept) {
    List<Cidr> inside = new ArrayList<>();
    for (Cidr hole : except) {
      if (hole.contains(block)) {
        return;
      }
      if (block.contains(hole)) {
        inside.add(hole);
      }
    }
    if (inside.isEmpty()) {
      kept.add(block);
      return;
    }
    subtract(block.half(false), inside, kept);
    subtract(block.half(true), inside, kept);
  }

  private Cidr half(boolean upper) {
    int length = prefix + 1;
    if (!upper) {
      return new Cidr(base, length);
    }
    int shift = family().bits() - length;
    return new Cidr(
        shift >= 64
            ? new IpAddress(family(), base.high() | 1L << (shift - 64), base.low())
            : new IpAddress(family(), base.high(), base.low() | 1L << shift),
        length);
  }

  private static IpAddress mask(IpAddress address, int prefix) {
    int host = address.family().bits() - prefix;
    if (host == 0) {
      return address;
    }
    long high = host <= 64 ? address.high() : host == 128 ? 0 : address.high() & -1L << (host - 64);
    long low = host >= 64 ? 0 : address.low() & -1L << host;
    return new IpAddress(address.family(), high, low);
  }

  /** By first address, then shorter prefixes first. */
  @Override
  public int compareTo(Cidr other) {
    int byBase = base.compareTo(other.base);
    return byBase != 0 ? byBase : Integer.compare(prefix, other.prefix);
  }

  @Override
  public String toString() {
    return base + "/" + prefix;
  }
}
