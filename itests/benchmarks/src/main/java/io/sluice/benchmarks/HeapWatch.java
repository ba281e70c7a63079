package io.sluice.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicLong;

/** Samples the used heap, garbage included, and keeps the highest. */
final class HeapWatch implements AutoCloseable {
  private static final long INTERVAL_MILLIS = 500;
  private static final long MIB = 1 << 20;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final AtomicLong peak = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().daemon().name("heap").start(this::run);

  private void run() {
    try {
      while (true) {
        sample();
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    long used = memory.getHeapMemoryUsage().getUsed();
    peak.accumulateAndGet(used, Math::max);
  }

  /** The highest so far, in MiB. */
  long peakMiB() {
    sample();
    return peak.get() / MIB;
  }

  /** Collects garbage and tells what is left, in MiB. */
  long liveMiB() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / MIB;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
