/**
 * The backend that needs no switch: it decides packets in this process, from the same snapshots and
 * updates that every backend gets. It enforces nothing and says so; laptops, pipelines and tests
 * ask it what an enforcing backend would do.
 *
 * <p>{@link io.sluice.datapath.memory.PacketJudge} is the judgement as the documentation of {@link
 * io.sluice.api.datapath} defines it, in plain Java: the shortest text to read on how tiers,
 * isolation and peers work together.
 */
@NullMarked
package io.sluice.datapath.memory;

import org.jspecify.annotations.NullMarked;
