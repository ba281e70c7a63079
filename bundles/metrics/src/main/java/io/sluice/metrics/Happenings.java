package io.sluice.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.event.InForce;
import io.sluice.api.event.PolicyRejected;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What happens between scrapes, counted as it happens: the events on the bus; and the JVM. Holds
 * the registry that everything is scraped from. Thread-safe.
 */
final class Happenings {
  /** From a switch that takes a flow at once to one that is asked at its next round, or hangs. */
  private static final Duration[] LATENCY = {
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final List<MessageConsumer<?>> consumers;

  /**
   * Begins to count.
   *
   * @param moment what is collected at each scrape, besides
   */
  Happenings(EventBus bus, String version, MultiCollector moment) {
    registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM);
    registry.getPrometheusRegistry().register(moment);
    Gauge.builder("sluice.build.info", () -> 1)
        .description("The version of this agent; always 1.")
        .tag("version", version)
        .register(registry);
    for (MeterBinder binder :
        new MeterBinder[] {
          new ClassLoaderMetrics(),
          new JvmMemoryMetrics(),
          new JvmThreadMetrics(),
          new ProcessorMetrics(),
          new UptimeMetrics(),
          new FileDescriptorMetrics(),
          collections
        }) {
      binder.bindTo(registry);
    }
    // Made now, so that a scrape shows them before anything has happened.
    Timer latency =
        Timer.builder("sluice.event.to.in.force")
            .description("From the first event of a revision to the revision in force.")
            .serviceLevelObjectives(LATENCY)
            .register(registry);
    Counter revisions =
        counter("sluice.revisions.in.force", "Revisions that were told to be in force.");
    Counter rejected = counter("sluice.policy.rejections", "Versions of policies rejected.");
    consumers =
        List.of(
            bus.<InForce>localConsumer(
                InForce.ADDRESS,
                message -> {
                  revisions.increment();
                  if (message.body().nanos() > 0) {
                    latency.record(Duration.ofNanos(message.body().nanos()));
                  }
                }),
            bus.<PolicyRejected>localConsumer(
                PolicyRejected.ADDRESS, message -> rejected.increment()),
            bus.<DeniedFlow>localConsumer(
                DeniedFlow.ADDRESS, message -> denied(message.body()).increment()));
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Counter denied(DeniedFlow flow) {
    return Counter.builder("sluice.denied.flows")
        .description("Denied packets that were told on the bus: sampled, and rate-limited.")
        .tag("direction", flow.denial().direction().name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  /** Everything there is, in the text format of Prometheus. */
  String scrape() {
    return registry.scrape();
  }

  void close() {
    consumers.forEach(MessageConsumer::unregister);
    collections.close();
    registry.close();
  }
}
