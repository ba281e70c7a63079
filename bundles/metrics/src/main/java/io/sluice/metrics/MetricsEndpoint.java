package io.sluice.metrics;

import io.sluice.api.control.Component;
import io.sluice.api.control.Control;
import io.sluice.api.control.Reporter;
import io.sluice.api.resource.Problem;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * The endpoint: puts listener, scraper and probes together for as long as the configuration is
 * there. The engine may come and go meanwhile.
 */
@org.osgi.service.component.annotations.Component(
    service = Reporter.class,
    immediate = true,
    configurationPid = "io.sluice.metrics",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MetricsConfig.class)
public final class MetricsEndpoint implements Reporter {
  private static final Logger LOG = System.getLogger(MetricsEndpoint.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** Twice this is less than a scraper waits, by default 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final long CLOSE_SECONDS = 5;

  private final AtomicLong requests = new AtomicLong();
  private final Scraper scraper;
  private final Listener listener;
  private volatile Settings settings;
  private volatile @Nullable Control control;

  /** Begins to listen. */
  @Activate
  public MetricsEndpoint(@Reference Vertx vertx, BundleContext context, MetricsConfig config) {
    this(vertx, context.getBundle().getVersion().toString(), Settings.of(config), RETRY, PATIENCE);
  }

  MetricsEndpoint(Vertx vertx, String version, Settings first, Duration retry, Duration patience) {
    settings = first;
    Executor worker =
        task ->
            vertx
                .executeBlocking(
                    () -> {
                      task.run();
                      return "done";
                    },
                    false)
                .onFailure(cause -> LOG.log(Level.ERROR, "a task of the metrics failed", cause));
    scraper =
        new Scraper(
            vertx.eventBus(),
            version,
            this::engine,
            () -> settings,
            worker,
            patience,
            System::nanoTime);
    Routes routes = new Routes(vertx, scraper, new Probes(this::engine, () -> settings, patience));
    listener =
        new Listener(
            vertx,
            request -> {
              requests.incrementAndGet();
              routes.handle(request);
            },
            retry);
    apply(first);
  }

  private Optional<Control> engine() {
    return Optional.ofNullable(control);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindControl(Control engine) {
    control = engine;
  }

  void unbindControl(Control engine) {
    if (control == engine) {
      control = null;
    }
  }

  @Modified
  void modified(MetricsConfig config) {
    apply(Settings.of(config));
  }

  void apply(Settings next) {
    settings = next;
    next.problems().forEach(problem -> LOG.log(Level.WARNING, "{0}", problem));
    listener.listen(next.address(), next.port());
  }

  /** Where it listens; empty while it does not. */
  Optional<String> url() {
    return listener.url();
  }

  @Override
  public Component report() {
    List<Problem> problems = new ArrayList<>(settings.problems());
    listener.trouble().ifPresent(problems::add);
    Optional<String> url = listener.url();
    String state =
        url.isPresent() ? "listening" : listener.trouble().isPresent() ? "failing" : "opening";
    return new Component(
        "http",
        "metrics",
        state,
        url.map(base -> base + "/metrics, /healthz, /readyz").orElse("does not listen"),
        problems,
        Map.of("requests", requests.get()));
  }

  /** Listens no more; waits until the port is free. */
  @Deactivate
  void deactivate() {
    try {
      Object unused =
          listener
              .close()
              .toCompletionStage()
              .toCompletableFuture()
              .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "the port of the metrics was not closed cleanly", e);
    }
    scraper.close();
  }
}
