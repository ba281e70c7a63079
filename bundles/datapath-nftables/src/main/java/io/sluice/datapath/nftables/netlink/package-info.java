/**
 * The kernel's netlink sockets, as far as the backend needs them: routes and interfaces
 * (rtnetlink(7)), the generation of the rules and who changes them, and logged packets (both
 * nfnetlink). Everything here needs CAP_NET_ADMIN and nothing more.
 */
@NullMarked
package io.sluice.datapath.nftables.netlink;

import org.jspecify.annotations.NullMarked;
