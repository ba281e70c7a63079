package io.sluice.metrics;

import io.sluice.api.control.Control;
import io.sluice.api.control.Measurements;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rules' counters into a {@link TrafficBook}, no more often than configured, and the
 * rules only when they have changed. Thread-safe.
 */
final class TrafficReader {
  /** Which rules were read: those of a revision, which is one node's. */
  private record Version(String node, long revision) {}

  private final LongSupplier ticker;
  private final Executor worker;
  private final TrafficBook book = new TrafficBook();
  private @Nullable Version version;
  private boolean tried;
  private long triedAt;
  private boolean read;
  private long readAt;
  private long asked;
  private long taken;
  private long failures;

  TrafficReader(LongSupplier ticker, Executor worker) {
    this.ticker = ticker;
    this.worker = worker;
  }

  /** Reads if what is known is too old; complete when it has been read, or could not be. */
  CompletionStage<?> refresh(Control control, Measurements now, Settings settings) {
    long number;
    boolean sameRules;
    Version wanted = new Version(now.node(), now.revision());
    synchronized (this) {
      long nanos = ticker.getAsLong();
      if (tried && nanos - triedAt < settings.trafficInterval().toNanos()) {
        return CompletableFuture.completedStage(null);
      }
      tried = true;
      triedAt = nanos;
      number = ++asked;
      sameRules = wanted.equals(version);
    }
    CompletionStage<Optional<List<Rule>>> rules =
        sameRules
            ? CompletableFuture.completedStage(Optional.empty())
            : control.rules().thenApply(Optional::of);
    return rules
        .thenCombineAsync(
            control.counters(),
            (fresh, counters) -> take(number, wanted, fresh, counters, settings.policies()),
            worker)
        .exceptionally(failure -> failed());
  }

  private synchronized boolean take(
      long number,
      Version wanted,
      Optional<List<Rule>> rules,
      List<RuleCounter> counters,
      int limit) {
    if (number < taken) {
      return false; // Overtaken by a later reading: older counters would look like a restart.
    }
    taken = number;
    if (rules.isPresent()) {
      book.rules(rules.get());
      version = wanted;
    }
    book.counters(counters, limit);
    read = true;
    readAt = ticker.getAsLong();
    return true;
  }

  private synchronized boolean failed() {
    failures++;
    return false;
  }

  /** Adds what is known. */
  synchronized void add(Families to) {
    to.counter(
        "sluice_policy_traffic_failures",
        "Readings of packets and bytes by policy that failed.",
        failures);
    if (read) {
      TrafficMetrics.add(book.picture(), (ticker.getAsLong() - readAt) / 1e9, to);
    }
  }
}
