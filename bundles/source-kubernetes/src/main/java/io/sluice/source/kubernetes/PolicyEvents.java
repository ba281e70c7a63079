package io.sluice.source.kubernetes;

import io.sluice.api.control.Component;
import io.sluice.api.control.Reporter;
import io.sluice.api.event.PolicyRejected;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Makes rejected policies Events, if that is wanted: hears of them on the bus. */
@org.osgi.service.component.annotations.Component(
    immediate = true,
    service = Reporter.class,
    configurationPid = "io.sluice.source.kubernetes",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PolicyEvents implements Reporter {
  private static final Duration SPACING = Duration.ofMillis(200);

  private final @Nullable EventWriter writer;
  private final @Nullable MessageConsumer<PolicyRejected> consumer;

  /** Begins to listen, if events are wanted. */
  @Activate
  public PolicyEvents(
      KubernetesConfig config, @Reference Vertx vertx, @Reference KubernetesSource source) {
    if (!config.events()) {
      writer = null;
      consumer = null;
      return;
    }
    EventWriter made =
        new EventWriter(
            source::find, source::connection, HostName.read(), InstantSource.system(), SPACING);
    made.start();
    writer = made;
    consumer =
        vertx
            .eventBus()
            .localConsumer(PolicyRejected.ADDRESS, message -> made.offer(message.body()));
  }

  @Override
  public Component report() {
    return writer == null
        ? new Component("events", "kubernetes", "OFF", "events = false", List.of(), Map.of())
        : writer.report();
  }

  /** Stops listening. */
  @Deactivate
  void stop() {
    if (consumer != null) {
      consumer.unregister();
    }
    if (writer != null) {
      writer.stop();
    }
  }
}
