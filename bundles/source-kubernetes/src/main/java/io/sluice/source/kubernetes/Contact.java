package io.sluice.source.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server is there: asks for its version every few seconds, on a thread of its own. Any
 * answer is contact, also a refusal; a process that hangs gives none.
 */
final class Contact {
  private static final long NEVER = Long.MIN_VALUE;

  private final Connection connection;
  private final Settings settings;
  private final LongSupplier ticker;
  private final Consumer<@Nullable Failure> listener;
  private final AtomicLong last;
  private volatile boolean stopped;

  /**
   * Makes one.
   *
   * @param last when contact was last had, by the ticker; shared by all connections
   * @param listener told after each question: why no answer came, or null if one did
   */
  Contact(
      Connection connection,
      Settings settings,
      LongSupplier ticker,
      AtomicLong last,
      Consumer<@Nullable Failure> listener) {
    this.connection = connection;
    this.settings = settings;
    this.ticker = ticker;
    this.last = last;
    this.listener = listener;
  }

  /** What stands for no contact ever. */
  static AtomicLong never() {
    return new AtomicLong(NEVER);
  }

  void start() {
    Thread unused = Thread.ofVirtual().name("sluice-kubernetes-contact").start(this::run);
  }

  void stop() {
    stopped = true;
  }

  private void run() {
    try {
      while (!stopped) {
        pause();
        if (!stopped) {
          listener.accept(ask());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Nobody does; but then it is meant to end.
    }
  }

  /** Scattered, so that the agents of a cluster do not ask at once. */
  private void pause() throws InterruptedException {
    double scatter = 0.75 + 0.5 * ThreadLocalRandom.current().nextDouble();
    TimeUnit.NANOSECONDS.sleep((long) (settings.probe().toNanos() * scatter));
  }

  private @Nullable Failure ask() throws InterruptedException {
    try {
      connection.get("/version").close();
      had();
      return null;
    } catch (Failure e) {
      if (e.status() == Failure.NO_ANSWER) {
        return e;
      }
      had();
      return null;
    } catch (IOException e) {
      return Failure.of(e);
    }
  }

  private void had() {
    last.set(ticker.getAsLong());
  }

  /** For people: how long ago contact was last had. */
  static String age(AtomicLong last, long now) {
    long when = last.get();
    if (when == NEVER) {
      return "never had contact";
    }
    long seconds = Duration.ofNanos(now - when).toSeconds();
    if (seconds < 30) {
      return "last contact less than 30 s ago";
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "last contact %d s ago", seconds / 10 * 10)
        : String.format(Locale.ROOT, "last contact %d min ago", seconds / 60);
  }
}
