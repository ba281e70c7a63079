/**
 * The proof that what is compiled is what was written: random clusters and random changes, judged
 * by translator, engine and datapath-memory on one side and by {@link
 * io.sluice.kit.cluster.NaiveEvaluator} on the other.
 *
 * <p>One {@link io.sluice.itests.differential.Story} is one cluster and its changes; it is repeated
 * by its seed.
 */
@NullMarked
package io.sluice.itests.differential;

import org.jspecify.annotations.NullMarked;
