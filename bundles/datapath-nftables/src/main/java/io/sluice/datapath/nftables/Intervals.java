package io.sluice.datapath.nftables;

import io.sluice.api.net.Cidr;
import io.sluice.api.policy.PortMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Intervals that don't overlap, as interval sets want them. */
final class Intervals {
  private Intervals() {}

  /** Blocks without those that lie in others. */
  static List<Cidr> blocks(List<Cidr> blocks) {
    List<Cidr> kept = new ArrayList<>();
    for (Cidr block : blocks.stream().sorted().toList()) {
      if (kept.isEmpty() || !kept.getLast().contains(block)) {
        kept.add(block);
      }
    }
    return kept;
  }

  /** Ranges of one protocol; those that touch become one. */
  static List<PortMatch.Range> ports(List<PortMatch.Range> ranges) {
    List<PortMatch.Range> kept = new ArrayList<>();
    for (PortMatch.Range range :
        ranges.stream().sorted(Comparator.comparingInt(PortMatch.Range::first)).toList()) {
      if (!kept.isEmpty() && range.first() <= kept.getLast().last() + 1) {
        PortMatch.Range before = kept.removeLast();
        kept.add(
            new PortMatch.Range(
                range.protocol(), before.first(), Math.max(before.last(), range.last())));
      } else {
        kept.add(range);
      }
    }
    return kept;
  }

  /** As nft(8) writes it. */
  static String text(PortMatch.Range range) {
    return range.first() == range.last()
        ? Integer.toString(range.first())
        : range.first() + "-" + range.last();
  }

  /** As nft(8) writes it. */
  static String text(Cidr block) {
    return block.prefix() == block.family().bits() ? block.base().toString() : block.toString();
  }
}
