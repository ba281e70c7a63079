package io.sluice.engine.host;

import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;

/**
 * The configuration {@code io.sluice.engine}, which may be missing: every key has a default. A
 * component of its own, because the node's configuration must be there and one component has one
 * policy for all of its configurations.
 */
@Component(
    service = EngineOptions.class,
    configurationPid = "io.sluice.engine",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class EngineOptions {
  private EngineConfig config;
  private Consumer<EngineConfig> watcher = next -> {};

  /** Holds the first configuration. */
  @Activate
  public EngineOptions(EngineConfig config) {
    this.config = config;
  }

  @Modified
  synchronized void modified(EngineConfig next) {
    config = next;
    watcher.accept(next);
  }

  /** Tells the configuration, now and whenever it changes; replaces an earlier watcher. */
  synchronized void watch(Consumer<EngineConfig> next) {
    watcher = next;
    next.accept(config);
  }

  /** What the configuration is now. */
  synchronized EngineConfig now() {
    return config;
  }

  /** Tells nobody from now on. */
  synchronized void unwatch() {
    watcher = next -> {};
  }
}
