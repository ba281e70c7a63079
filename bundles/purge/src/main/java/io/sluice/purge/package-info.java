/**
 * Removes everything of ours from every datapath while no agent runs: {@link
 * io.sluice.purge.Purge}.
 *
 * <p>{@code bin/sluice purge} starts the framework as far as the datapaths, without the engine, and
 * calls the service that this bundle registers. The bundle lies beside those that an agent runs,
 * and no agent starts it. It knows datapaths by their extension point alone, so that it serves
 * those that were dropped in as well.
 */
@NullMarked
package io.sluice.purge;

import org.jspecify.annotations.NullMarked;
