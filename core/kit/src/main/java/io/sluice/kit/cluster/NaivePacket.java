package io.sluice.kit.cluster;

import io.sluice.api.policy.Direction;

/**
 * A packet, seen from one of its ends.
 *
 * @param direction the direction, from there
 * @param other the other end
 * @param protocol the IP protocol number
 * @param port the destination port
 */
record NaivePacket(Direction direction, NaiveEnd other, int protocol, int port) {}
