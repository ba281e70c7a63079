package io.sluice.datapath.ovs.openflow;

/**
 * A flow as the switch holds it, with its counters.
 *
 * @param flow the flow
 * @param packets packets that matched
 * @param bytes bytes in them
 * @param expires whether it has a timeout
 */
public record FlowStats(Flow flow, long packets, long bytes, boolean expires) {}
