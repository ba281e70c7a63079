/**
 * What {@code bin/sluice} runs: the launcher of an agent, and the client that administers one.
 *
 * <p>{@link io.sluice.launcher.Main} embeds an OSGi framework. The bundles of a distribution lie in
 * folders whose names begin with a number, {@code bundles/30-core} for example: the number is the
 * start level of every bundle in it. Levels are started in ascending order and stopped in
 * descending order: what is in 10 (the OSGi services) and 20 (configuration) is complete before
 * anything of Sluice runs, and the engine comes after the sources, translators, stores and
 * datapaths and goes before them, so that it never sees them leave when the agent stops. Bundles
 * that are dropped into {@code deploy/} have level 45.
 *
 * <p>An agent has four folders, see {@link io.sluice.launcher.Folders}. Two agents on one machine
 * share the distribution and differ in the other three; a lock in the run and in the data folder
 * keeps a second agent out of the first one's.
 *
 * <p>Stopping an agent, by a signal or otherwise, leaves the rules of its datapath in place.
 *
 * <p>{@link io.sluice.launcher.Purge} removes those rules while no agent runs.
 *
 * <p>{@link io.sluice.launcher.Exec} speaks to the administration socket of a running agent; its
 * protocol is described with {@link io.sluice.launcher.admin.AdminConnection}.
 */
@NullMarked
package io.sluice.launcher;

import org.jspecify.annotations.NullMarked;
