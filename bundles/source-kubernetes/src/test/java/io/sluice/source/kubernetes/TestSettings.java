package io.sluice.source.kubernetes;

import io.sluice.api.resource.ResourceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Settings whose times suit a test. */
final class TestSettings {
  private TestSettings() {}

  static Settings of(Path kubeconfig) {
    return of(new Kubeconfig(kubeconfig, ""));
  }

  static Settings of(Access access) {
    return new Settings(
        access,
        Set.<ResourceKind>of(),
        100,
        Duration.ofMillis(300),
        Duration.ofSeconds(2),
        Duration.ofSeconds(60),
        Duration.ofMillis(50),
        Duration.ofMillis(500));
  }

  static Settings silence(Settings settings, Duration silence) {
    return new Settings(
        settings.access(),
        settings.optional(),
        settings.pageSize(),
        settings.probe(),
        settings.timeout(),
        silence,
        settings.firstPause(),
        settings.longestPause());
  }
}
