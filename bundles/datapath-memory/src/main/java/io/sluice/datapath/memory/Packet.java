package io.sluice.datapath.memory;

import io.sluice.api.net.IpAddress;

/**
 * The first packet of a connection.
 *
 * @param source its source address; an address of this node is taken to have entered by the host's
 *     port
 * @param destination its destination address
 * @param protocol its IP protocol number
 * @param port its destination port, 0 for protocols without ports
 */
public record Packet(IpAddress source, IpAddress destination, int protocol, int port) {}
