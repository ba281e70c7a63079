/**
 * The backend for nftables: compiles the rules of this node to one {@code inet} table and keeps the
 * kernel at that. It judges what the node routes for its pods, after address translation, so it
 * goes with any CNI that routes, and with kube-proxy.
 *
 * <p>Parts, in the order of the data:
 *
 * <ol>
 *   <li>{@link io.sluice.datapath.nftables.Layout} draws the table and says why it looks so;
 *   <li>{@link io.sluice.datapath.nftables.Compiler}: from snapshots, updates and bindings to
 *       chains, sets and elements. Pure and incremental;
 *   <li>{@link io.sluice.datapath.nftables.Ruleset}: what is wanted, object by object, and the
 *       transactions that lead there;
 *   <li>{@link io.sluice.datapath.nftables.PodInterfaces}: which pod is behind which interface;
 *   <li>{@link io.sluice.datapath.nftables.Agent}: the contract of {@link
 *       io.sluice.api.datapath.Datapath}, on one thread.
 * </ol>
 */
@NullMarked
package io.sluice.datapath.nftables;

import org.jspecify.annotations.NullMarked;
