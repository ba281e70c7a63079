package io.sluice.denials;

import io.sluice.api.control.Component;
import io.sluice.api.control.Control;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Reporter;
import io.sluice.api.event.DeniedFlow;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Listens to denied flows on the bus and has them written. Now and then asks the engine how many it
 * did not tell, so that the file says that as well.
 */
@org.osgi.service.component.annotations.Component(
    service = Reporter.class,
    immediate = true,
    configurationPid = "io.sluice.denials",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = DenialsConfig.class)
public final class DenialLog implements Reporter {
  /** The framework property that names the agent's data folder. */
  private static final String DATA = "sluice.data";

  /** The engine's counter of denials that it did not tell. */
  private static final String SUPPRESSED = "denialsSuppressed";

  private static final Duration ASK = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Path data;
  private final DenialWriter writer;
  private final MessageConsumer<DeniedFlow> consumer;
  private final long timer;
  private final AtomicLong suppressed = new AtomicLong();
  private volatile @Nullable Control control;

  /** Begins to write. */
  @Activate
  public DenialLog(@Reference Vertx vertx, BundleContext context, DenialsConfig config) {
    this(vertx, data(context), config, ASK);
  }

  DenialLog(Vertx vertx, Path data, DenialsConfig config, Duration ask) {
    this.vertx = vertx;
    this.data = data;
    writer = new DenialWriter(Settings.of(config, data), System::nanoTime);
    writer.start();
    consumer =
        vertx.eventBus().localConsumer(DeniedFlow.ADDRESS, message -> writer.add(message.body()));
    timer = vertx.setPeriodic(ask.toMillis(), id -> askEngine());
  }

  private static Path data(BundleContext context) {
    String property = context.getProperty(DATA);
    if (property == null) {
      throw new IllegalStateException("the framework property " + DATA + " is not set");
    }
    return Path.of(property);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindControl(Control engine) {
    suppressed.set(0);
    control = engine;
  }

  void unbindControl(Control engine) {
    if (control == engine) {
      control = null;
    }
  }

  private void askEngine() {
    Control engine = control;
    if (engine != null) {
      var unused = engine.measurements().thenAccept(this::compare);
    }
  }

  private void compare(Measurements now) {
    long all = now.counters().getOrDefault(SUPPRESSED, 0L);
    long more = all - suppressed.getAndSet(all);
    if (more > 0) {
      writer.suppressed(Instant.now(), more);
    }
  }

  @Modified
  void modified(DenialsConfig config) {
    writer.configure(Settings.of(config, data));
  }

  @Override
  public Component report() {
    return new Component(
        "denial-log",
        "file",
        writer.failing() ? "failing" : "writing",
        writer.path(),
        writer.problems(),
        writer.numbers());
  }

  /** Listens no more and ends the file. */
  @Deactivate
  void deactivate() throws InterruptedException {
    vertx.cancelTimer(timer);
    var unused = consumer.unregister();
    writer.stop();
  }
}
