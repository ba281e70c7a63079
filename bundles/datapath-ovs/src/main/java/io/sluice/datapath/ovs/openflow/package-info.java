/**
 * OpenFlow 1.5 (ONF TS-020) with the Nicira extensions that Open vSwitch adds: conjunctive match,
 * connection tracking, registers.
 *
 * <p>The model ({@link io.sluice.datapath.ovs.openflow.Flow}, {@link
 * io.sluice.datapath.ovs.openflow.Match}, {@link io.sluice.datapath.ovs.openflow.Action}) is
 * immutable and normalized: two matches are equal exactly when the switch takes them for the same
 * match, so that what was dumped can be compared with what is wanted. {@link
 * io.sluice.datapath.ovs.openflow.OpenFlowConnection} speaks to one bridge over its management
 * socket.
 */
@NullMarked
package io.sluice.datapath.ovs.openflow;

import org.jspecify.annotations.NullMarked;
