package io.sluice.engine.host;

import java.time.Duration;

/** The one thread that touches the agent's state, and its clock. */
interface Loop {
  /** Runs a task on the loop, after everything that was handed over before. From any thread. */
  void run(Runnable task);

  /**
   * Runs a task on the loop after a while.
   *
   * @return cancels it; to be called on the loop
   */
  Runnable after(Duration delay, Runnable task);

  /** The ticker: nanoseconds since some moment. From any thread. */
  long nanos();
}
