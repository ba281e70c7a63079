package io.sluice.datapath.ovs;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.datapath.ovs.openflow.Match;
import io.sluice.datapath.ovs.openflow.MatchBuilder;
import java.util.ArrayList;
import java.util.List;

/** The matches of the policy tables: parts of a connection's original tuple. */
final class Matches {
  private static final int PORT_BITS = 16;

  private Matches() {}

  /** Any packet of this family. */
  static MatchBuilder ip(Family family) {
    return Match.builder().ethType(etherType(family));
  }

  static int etherType(Family family) {
    return family == Family.IPV4 ? MatchBuilder.IPV4 : MatchBuilder.IPV6;
  }

  /** Any packet that belongs to a connection; the original tuple can't be asked of others. */
  static MatchBuilder tracked() {
    return Match.builder().ctState("+trk-inv");
  }

  private static MatchBuilder tracked(Family family) {
    return tracked().ethType(etherType(family));
  }

  /**
   * A local endpoint at the subject's end.
   *
   * @param holder which of the address's holders the endpoint is
   */
  static MatchBuilder subject(Direction direction, IpAddress address, int holder) {
    return subject(tracked(address.family()), direction, address, holder);
  }

  private static MatchBuilder subject(
      MatchBuilder match, Direction direction, IpAddress address, int holder) {
    match.reg(Layout.HOLDER, holder);
    Cidr host = Cidr.host(address);
    return direction == Direction.EGRESS ? match.ctSrc(host) : match.ctDst(host);
  }

  /** A block at the other end. */
  static MatchBuilder peer(Direction direction, Cidr block) {
    MatchBuilder match = tracked(block.family());
    return direction == Direction.EGRESS ? match.ctDst(block) : match.ctSrc(block);
  }

  /** One of an endpoint's addresses speaks to another of them. */
  static MatchBuilder self(Direction direction, IpAddress subject, int holder, IpAddress other) {
    return subject(peer(direction, Cidr.host(other)), direction, subject, holder);
  }

  /** Adds what a service demands; for a range of ports one match for each aligned block in it. */
  static List<Match> services(PortMatch.Resolved service, Match base) {
    return switch (service) {
      case PortMatch.Any any -> List.of(base);
      case PortMatch.Range range ->
          blocks(range.first(), range.last()).stream()
              .map(
                  block ->
                      base.toBuilder()
                          .ctNwProto(range.protocol().number())
                          .ctTpDst(block.first, block.mask)
                          .build())
              .toList();
    };
  }

  /** The ports whose bits under the mask are those of the first. */
  record PortBlock(int first, int mask) {}

  /** A range of ports as the fewest aligned blocks: at most 30. */
  static List<PortBlock> blocks(int first, int last) {
    List<PortBlock> blocks = new ArrayList<>(1);
    int at = first;
    while (at <= last) {
      int size = at == 0 ? 1 << PORT_BITS : Integer.lowestOneBit(at);
      while (at + size - 1 > last) {
        size >>= 1;
      }
      blocks.add(new PortBlock(at, 0xffff & -size));
      at += size;
    }
    return blocks;
  }
}
