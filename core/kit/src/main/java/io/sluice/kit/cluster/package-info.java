/**
 * Random clusters, random changes of them, and an evaluator that says what should happen in them.
 *
 * <p>{@link io.sluice.kit.cluster.RandomCluster} makes a {@link io.sluice.kit.cluster.Cluster} from
 * a seed, {@link io.sluice.kit.cluster.RandomChanges} goes on from there, and {@link
 * io.sluice.kit.cluster.NaiveEvaluator} answers by reading the objects as they are for every
 * question anew. It shares no code with translators, engine or backends, not even the arithmetic of
 * addresses: what all of them got wrong in the same way could not be seen otherwise.
 */
@NullMarked
package io.sluice.kit.cluster;

import org.jspecify.annotations.NullMarked;
