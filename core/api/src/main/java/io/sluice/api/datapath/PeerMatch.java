package io.sluice.api.datapath;

import io.sluice.api.net.Cidr;

/** The other end of a packet, as a compiled rule says it. */
public sealed interface PeerMatch {
  /** Anyone. */
  record Any() implements PeerMatch {}

  /**
   * The addresses in an address set.
   *
   * @param set the set's number
   */
  record Addresses(int set) implements PeerMatch {}

  /**
   * The addresses of a block.
   *
   * @param cidr the block; exceptions have been subtracted already
   */
  record Block(Cidr cidr) implements PeerMatch {}

  /**
   * This node: entering (or leaving) by the host's port, with an address out of the set {@link
   * Snapshot#NODE_ADDRESSES}.
   */
  record OwnNode() implements PeerMatch {}

  /** The subject itself: the other address is one of its own. */
  record Self() implements PeerMatch {}
}
