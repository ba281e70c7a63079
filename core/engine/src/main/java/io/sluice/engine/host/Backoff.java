package io.sluice.engine.host;

import java.time.Duration;

/** Growing pauses between attempts: each is twice the one before, up to a limit. */
final class Backoff {
  private final Duration first;
  private final Duration limit;
  private Duration next;

  Backoff(Duration first, Duration limit) {
    this.first = first;
    this.limit = limit;
    next = first;
  }

  /** The pause before the next attempt. */
  Duration next() {
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(limit) > 0 ? limit : doubled;
    return pause;
  }

  /** An attempt went well. */
  void reset() {
    next = first;
  }
}
