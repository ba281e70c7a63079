package io.sluice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The configuration as it is written. */
class SettingsTest {
  private record Config(
      String address, String port, String policies, String trafficInterval, String readyLag)
      implements MetricsConfig {
    @Override
    public Class<? extends Annotation> annotationType() {
      return MetricsConfig.class;
    }
  }

  @Test
  void everyKeyIsRead() {
    assertEquals(
        new Settings("0.0.0.0", 0, 5, Duration.ofSeconds(60), Duration.ofSeconds(10), List.of()),
        Settings.of(new Config(" 0.0.0.0 ", "0", "5", "60", "10")));
  }

  @Test
  void whatCantBeReadIsAProblemAndTheDefaultIsUsed() {
    Settings settings = Settings.of(new Config("", "70000", "many", "", "-1"));
    assertEquals("127.0.0.1", settings.address());
    assertEquals(9464, settings.port());
    assertEquals(100, settings.policies());
    assertEquals(Duration.ofSeconds(30), settings.readyLag());
    assertEquals(
        List.of("port", "policies", "readyLag"),
        settings.problems().stream().map(Problem::field).toList());
    assertTrue(settings.problems().getFirst().toString().contains("9464 is used"));
  }
}
