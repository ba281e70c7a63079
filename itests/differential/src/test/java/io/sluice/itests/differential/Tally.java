package io.sluice.itests.differential;

import java.util.concurrent.atomic.LongAdder;

/** Counts the verdicts of pods that are isolated or not, to see that the questions are not idle. */
final class Tally {
  private final LongAdder allowed = new LongAdder();
  private final LongAdder denied = new LongAdder();
  private final LongAdder byPolicy = new LongAdder();

  void count(boolean allow, boolean policy) {
    (allow ? allowed : denied).increment();
    if (allow && policy) {
      byPolicy.increment();
    }
  }

  long total() {
    return allowed.sum() + denied.sum();
  }

  /** Of a hundred verdicts of pods, how many denied. */
  double deniedShare() {
    return 100.0 * denied.sum() / total();
  }

  /** Of a hundred verdicts of pods, how many a policy allowed. */
  double policyShare() {
    return 100.0 * byPolicy.sum() / total();
  }
}
