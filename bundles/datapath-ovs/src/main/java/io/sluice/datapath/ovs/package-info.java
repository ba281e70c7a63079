/**
 * The backend for Open vSwitch: compiles the rules of this node to OpenFlow and keeps a bridge at
 * that.
 *
 * <p>Three parts, in the order of the data:
 *
 * <ol>
 *   <li>{@link io.sluice.datapath.ovs.Compiler}: from snapshots, updates and bindings to flows. It
 *       is pure and incremental; {@link io.sluice.datapath.ovs.Layout} draws the pipeline, {@link
 *       io.sluice.datapath.ovs.Conjunctions} tells how rules share flows;
 *   <li>{@link io.sluice.datapath.ovs.Bindings}: which endpoint is at which port of the switch;
 *   <li>{@link io.sluice.datapath.ovs.OvsDatapath}: the connections to the switch, the differences
 *       sent over them, and the contract of {@link io.sluice.api.datapath.Datapath}.
 * </ol>
 */
@NullMarked
package io.sluice.datapath.ovs;

import org.jspecify.annotations.NullMarked;
