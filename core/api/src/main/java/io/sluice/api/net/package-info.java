/**
 * The words of the network: addresses, blocks, protocols.
 *
 * <p>Addresses are kept as two longs instead of {@link java.net.InetAddress}, because a node knows
 * hundreds of thousands of them: an {@link io.sluice.api.net.IpAddress} has no host name, no scope
 * and no hidden holder object. IPv4-mapped IPv6 addresses do not exist here; parsing refuses them
 * (they would let one packet be described in two ways).
 */
@NullMarked
@Version("1.0.0")
package io.sluice.api.net;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
