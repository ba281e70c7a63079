package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import java.util.Optional;

/**
 * A denied packet, as a datapath sampled it.
 *
 * @param subject the endpoint on whose side it was denied; empty for an unknown port
 * @param direction the direction, seen from the subject
 * @param source the packet's source address
 * @param destination the packet's destination address
 * @param protocol the IP protocol number
 * @param port the destination port, 0 for protocols without ports
 * @param rule the DENY rule that matched, or an ISOLATE rule of the subject; empty if the packet
 *     was refused before any rule (spoofed, unknown port, not IP)
 * @param reason what refused it, for people
 */
public record Denial(
    Optional<EndpointId> subject,
    Direction direction,
    IpAddress source,
    IpAddress destination,
    int protocol,
    int port,
    Optional<Long> rule,
    String reason) {}
