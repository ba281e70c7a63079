/**
 * The contract kit of datapaths.
 *
 * <p>A bundle's test extends {@link io.sluice.kit.datapath.DatapathContract} and supplies a {@link
 * io.sluice.kit.datapath.DatapathRig}: the datapath, and a way to try packets on it. What "try a
 * packet" means is the rig's business: a question for a backend in memory, a real connection
 * between network namespaces for one that enforces. For a backend that sees no packets at all,
 * which writes its rules down or counts them, {@link io.sluice.kit.datapath.JudgedRig} is the rig:
 * it judges packets by the state that the backend shows.
 */
@NullMarked
package io.sluice.kit.datapath;

import org.jspecify.annotations.NullMarked;
