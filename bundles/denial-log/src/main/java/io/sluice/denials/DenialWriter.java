package io.sluice.denials;

import io.sluice.api.event.DeniedFlow;
import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes. Whoever hands something over never waits: what does not fit into the
 * queue is counted. While the file can't be written, lines are counted as lost, and it is tried
 * again every few seconds.
 */
final class DenialWriter {
  /** What is handed over. */
  private sealed interface Told {
    record Flow(DeniedFlow flow) implements Told {}

    record Suppressed(Instant time, long packets) implements Told {}
  }

  private static final Logger LOG = System.getLogger(DenialWriter.class.getName());
  private static final int WAITING = 1024;
  private static final long TICK_MILLIS = 250;
  private static final long STOP_MILLIS = 3000;
  private static final long AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

  private final BlockingQueue<Told> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong folded = new AtomicLong();
  private final AtomicLong overflown = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final LongSupplier ticker;
  private final Thread thread;
  private volatile Settings settings;
  private volatile @Nullable String failure;
  private volatile boolean stopping;

  // What follows is confined to the thread.
  private final RecentFlows recent = new RecentFlows((flow, repeated) -> write(flow, repeated));
  private Settings applied;
  private RotatingFile file;
  private long failedAt;

  /** Makes one and starts it. */
  DenialWriter(Settings first, LongSupplier ticker) {
    settings = first;
    applied = first;
    file = file(first);
    this.ticker = ticker;
    thread = Thread.ofPlatform().daemon().name("denial-log").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private static RotatingFile file(Settings settings) {
    return new RotatingFile(settings.file(), settings.maxBytes(), settings.files());
  }

  /** Other settings apply from now on. */
  void configure(Settings next) {
    settings = next;
  }

  /** A flow was denied. */
  void add(DeniedFlow flow) {
    hand(new Told.Flow(flow));
  }

  /** So many denials were told to nobody. */
  void suppressed(Instant time, long packets) {
    hand(new Told.Suppressed(time, packets));
  }

  private void hand(Told told) {
    if (!queue.offer(told)) {
      overflown.incrementAndGet();
    }
  }

  /** Ends it, after what it was handed is written. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join(STOP_MILLIS);
    if (thread.isAlive()) {
      LOG.log(Level.WARNING, "the denial log hangs at {0}; it is left", applied.file());
    }
  }

  private void run() {
    try {
      while (true) {
        Told told = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        tick();
        if (told != null) {
          take(told);
        } else if (stopping) {
          break;
        }
      }
      recent.tick(Duration.ZERO, ticker.getAsLong());
      file.close();
    } catch (InterruptedException | IOException e) {
      LOG.log(Level.WARNING, "the denial log ended early", e);
    } catch (RuntimeException e) {
      failure = "its thread failed: " + e;
      LOG.log(Level.ERROR, "the denial log failed; nothing is written any more", e);
    }
  }

  private void take(Told told) {
    switch (told) {
      case Told.Flow(DeniedFlow flow) -> {
        if (recent.add(flow, applied.repeatInterval(), ticker.getAsLong())) {
          folded.incrementAndGet();
        }
      }
      case Told.Suppressed(Instant time, long packets) ->
          append(
              DenialLine.notTold(
                  time, packets, "more than denialsPerSecond in io.sluice.engine.cfg"));
    }
  }

  private void tick() {
    Settings now = settings;
    try {
      if (!now.equals(applied)) {
        applied = now;
        file.close();
        file = file(now);
        failure = null;
      }
      file.follow();
    } catch (IOException e) {
      failed(e);
    }
    recent.tick(applied.repeatInterval(), ticker.getAsLong());
  }

  private void write(DeniedFlow flow, long repeated) {
    append(DenialLine.of(flow, repeated));
  }

  private void append(String line) {
    if (failure != null && ticker.getAsLong() - failedAt < AGAIN_NANOS) {
      lost.incrementAndGet();
      return;
    }
    try {
      file.append(line);
      written.incrementAndGet();
      failure = null;
    } catch (IOException e) {
      lost.incrementAndGet();
      failed(e);
    }
  }

  private void failed(IOException cause) {
    if (failure == null) {
      LOG.log(Level.WARNING, "the denial log can't be written", cause);
    }
    failure = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    failedAt = ticker.getAsLong();
  }

  boolean failing() {
    return failure != null;
  }

  List<Problem> problems() {
    Settings now = settings;
    List<Problem> problems = new ArrayList<>(now.problems());
    String why = failure;
    if (why != null) {
      problems.add(
          new Problem(
              "denial log " + now.file(),
              "",
              "",
              "can't be written: " + why + "; " + lost + " lines are lost",
              "make room or give another file in io.sluice.denials.cfg; enforcement goes on"));
    }
    return problems;
  }

  Map<String, Long> numbers() {
    return Map.of(
        "linesWritten", written.get(),
        "linesLost", lost.get(),
        "denialsFolded", folded.get(),
        "queueOverflown", overflown.get());
  }

  String path() {
    return settings.file().toString();
  }
}
