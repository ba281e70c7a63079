package io.sluice.datapath.nftables.netlink;

/**
 * A network interface.
 *
 * @param index its number
 * @param name its name
 * @param kind its kind, for example {@code veth} or {@code bridge}; empty for hardware
 */
public record Link(int index, String name, String kind) {}
