package io.sluice.engine.core;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import java.util.List;

/** One peer of a compiled rule. */
sealed interface PeerTerm {
  /** Anyone. */
  record Anyone() implements PeerTerm {}

  /**
   * The endpoints of a group.
   *
   * @param group the group
   */
  record Pods(Group group) implements PeerTerm {}

  /**
   * Addresses, whoever has them.
   *
   * @param blocks disjoint; exceptions have been subtracted already
   */
  record Blocks(List<Cidr> blocks) implements PeerTerm {
    boolean contains(IpAddress address) {
      for (Cidr block : blocks) {
        if (block.contains(address)) {
          return true;
        }
      }
      return false;
    }
  }
}
