/**
 * The extension point for backends: {@link io.sluice.api.datapath.Datapath}, and the compiled rules
 * it is given.
 *
 * <p>A backend is told the desired state of <em>this node</em>: its local endpoints, the rules
 * whose subject has a local endpoint, and the sets that those rules refer to. First a {@link
 * io.sluice.api.datapath.Snapshot}, then {@link io.sluice.api.datapath.Update}s from one revision
 * to the next. Membership changes arrive as deltas of sets; the rules themselves do not change with
 * them. {@link io.sluice.api.datapath.DesiredState} folds updates into a snapshot for backends that
 * need the whole, and tells the difference to a new snapshot.
 *
 * <p>Only the datapath that the engine has chosen is given anything, and during a takeover the one
 * that takes over. One that does not enforce is chosen where none enforces, or by name.
 *
 * <p>How a packet is judged, in each direction (egress at the endpoint that sends it, ingress at
 * the endpoint that receives it; both must allow):
 *
 * <ol>
 *   <li>tiers in the order of {@link io.sluice.api.policy.Tier}; inside a tier by ascending
 *       priority;
 *   <li>ALLOW, DENY: final for this direction. PASS: on with the next tier;
 *   <li>in {@link io.sluice.api.policy.Tier#NAMESPACED}, when no ALLOW matched and an ISOLATE
 *       rule's subject contains the endpoint: deny, and later tiers are not consulted;
 *   <li>nothing matched in any tier: allow.
 * </ol>
 *
 * <p>At one priority a DENY or PASS is never in one tier with an ALLOW that it contradicts: the
 * engine gives distinct priorities to rules whose order matters.
 */
@NullMarked
@Version("1.1.0")
package io.sluice.api.datapath;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
