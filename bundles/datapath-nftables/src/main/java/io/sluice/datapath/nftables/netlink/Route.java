package io.sluice.datapath.nftables.netlink;

import io.sluice.api.net.Cidr;

/**
 * A route to what is not local.
 *
 * @param destination where it leads
 * @param link the number of the interface that packets leave by
 * @param direct whether the destination is on that link itself, and not behind a gateway
 */
public record Route(Cidr destination, int link, boolean direct) {}
