package io.sluice.datapath.nftables.netlink;

import java.nio.ByteBuffer;

/**
 * A packet that a rule logged.
 *
 * @param prefix the text that the rule gave it
 * @param packet its beginning, from the IP header on, in network order
 */
public record LoggedPacket(String prefix, ByteBuffer packet) {}
