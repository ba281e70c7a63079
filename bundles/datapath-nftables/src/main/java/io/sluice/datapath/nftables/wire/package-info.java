/**
 * Commands of nftables, written to the kernel as it takes them: one batch of netlink messages for a
 * transaction (nfnetlink, {@code linux/netfilter/nf_tables.h}).
 *
 * <p>The language stays that of nft(8), so that each rule is worded once, whoever runs it. What is
 * understood here is what this bundle writes, {@link io.sluice.datapath.nftables.wire.Commands
 * command by command}; a text with anything else in it is left to libnftables. That one asks for
 * every chain, set and counter of the node before each transaction, so that a small change costs
 * what exists; here it costs what it changes.
 */
@NullMarked
package io.sluice.datapath.nftables.wire;

import org.jspecify.annotations.NullMarked;
