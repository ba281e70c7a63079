package io.sluice.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sluice.api.control.Control;
import io.sluice.api.control.Measurements;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers scrapes. One is under way at a time, whoever asks meanwhile is given the same answer; the
 * text is made on a worker's thread, never on an event loop. Thread-safe.
 */
final class Scraper {
  private final Supplier<Optional<Control>> control;
  private final Supplier<Settings> settings;
  private final Executor worker;
  private final Duration patience;
  private final TrafficReader traffic;
  private final Happenings happenings;
  private volatile MetricSnapshots moment = new MetricSnapshots();
  private @Nullable CompletableFuture<String> running;

  /**
   * Makes one.
   *
   * @param patience how long is waited for the engine, and then for the datapath
   */
  Scraper(
      EventBus bus,
      String version,
      Supplier<Optional<Control>> control,
      Supplier<Settings> settings,
      Executor worker,
      Duration patience,
      LongSupplier ticker) {
    this.control = control;
    this.settings = settings;
    this.worker = worker;
    this.patience = patience;
    traffic = new TrafficReader(ticker, worker);
    happenings = new Happenings(bus, version, () -> moment);
  }

  /** Everything there is now, in the text format of Prometheus. */
  synchronized CompletionStage<String> scrape() {
    CompletableFuture<String> current = running;
    if (current == null || current.isDone()) {
      current = begin();
      running = current;
    }
    return current;
  }

  private CompletableFuture<String> begin() {
    Optional<Control> engine = control.get();
    CompletableFuture<Optional<Measurements>> measured =
        engine.isEmpty()
            ? CompletableFuture.completedFuture(Optional.empty())
            : patiently(engine.get().measurements().thenApply(Optional::of), Optional.empty());
    return measured
        .thenCompose(
            now ->
                engine.isEmpty() || now.isEmpty()
                    ? measured
                    : patiently(
                        traffic
                            .refresh(engine.get(), now.get(), settings.get())
                            .thenApply(done -> now),
                        now))
        .thenApplyAsync(this::render, worker);
  }

  /** What a stage says in time; otherwise this. */
  private <T> CompletableFuture<T> patiently(CompletionStage<T> stage, T otherwise) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(late -> otherwise);
  }

  private String render(Optional<Measurements> now) {
    Families families = new Families();
    families.gauge(
        "sluice_engine_up", "Whether the engine answers.", AgentMetrics.truth(now.isPresent()));
    now.ifPresent(
        measurements -> {
          AgentMetrics.add(measurements, families);
          ComponentMetrics.add(measurements.components(), families);
          traffic.add(families);
        });
    moment = families.build();
    return happenings.scrape();
  }

  void close() {
    happenings.close();
  }
}
