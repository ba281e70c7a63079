package io.sluice.source.kubernetes;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing pauses between attempts: each up to twice the one before, up to a limit, and scattered
 * over the upper half of that, so that the agents of a cluster do not return at once.
 */
final class Backoff {
  private final long first;
  private final long limit;
  private final DoubleSupplier dice;
  private long next;

  /**
   * Makes one.
   *
   * @param dice gives numbers from 0 to 1
   */
  Backoff(Duration first, Duration limit, DoubleSupplier dice) {
    this.first = first.toNanos();
    this.limit = limit.toNanos();
    this.dice = dice;
    next = this.first;
  }

  /** The pause before the next attempt. */
  Duration next() {
    long pause = next;
    next = Math.min(limit, 2 * next);
    return Duration.ofNanos((long) (pause * (0.5 + 0.5 * dice.getAsDouble())));
  }

  /** An attempt went well. */
  void reset() {
    next = first;
  }
}
