package io.sluice.engine.host;

import java.util.function.LongSupplier;

/** So many a second, and no more. Thread-safe. */
final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier ticker;
  private int limit;
  private int taken;
  private long since;

  RateLimit(LongSupplier ticker, int limit) {
    this.ticker = ticker;
    this.limit = limit;
    since = ticker.getAsLong();
  }

  synchronized void limit(int perSecond) {
    limit = perSecond;
  }

  /** Whether one more is within the limit; if so it is taken. */
  synchronized boolean tryTake() {
    long now = ticker.getAsLong();
    if (now - since >= SECOND) {
      since = now;
      taken = 0;
    }
    if (taken >= limit) {
      return false;
    }
    taken++;
    return true;
  }
}
