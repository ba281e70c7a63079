package io.sluice.api.control;

import java.time.Duration;

/**
 * Every input that was there when the question was asked is in force.
 *
 * @param revision the revision that is in force
 * @param datapath the datapath that confirmed it
 * @param enforcing whether that datapath enforces
 * @param took how long it took
 */
public record Settled(long revision, String datapath, boolean enforcing, Duration took) {}
