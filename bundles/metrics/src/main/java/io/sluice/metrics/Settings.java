package io.sluice.metrics;

import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, read.
 *
 * @param address where to listen
 * @param port the port, 0 for any free one
 * @param policies how many policies have series of their own
 * @param trafficInterval how old the rules' counters may be
 * @param readyLag how long an event may wait to be in force
 * @param problems what could not be read; its default is used
 */
record Settings(
    String address,
    int port,
    int policies,
    Duration trafficInterval,
    Duration readyLag,
    List<Problem> problems) {
  static Settings of(MetricsConfig config) {
    List<Problem> problems = new ArrayList<>();
    String address = config.address().strip();
    return new Settings(
        address.isEmpty() ? "127.0.0.1" : address,
        number("port", config.port(), 65_535, 9464, problems),
        number("policies", config.policies(), 100_000, 100, problems),
        Duration.ofSeconds(
            number("trafficInterval", config.trafficInterval(), 86_400, 30, problems)),
        Duration.ofSeconds(number("readyLag", config.readyLag(), 86_400, 30, problems)),
        List.copyOf(problems));
  }

  private static int number(
      String key, String text, int largest, int otherwise, List<Problem> problems) {
    String digits = text.strip();
    if (digits.isEmpty()) {
      return otherwise;
    }
    if (digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) <= largest) {
      return Integer.parseInt(digits);
    }
    problems.add(
        new Problem(
            "io.sluice.metrics.cfg",
            "",
            key,
            "'" + digits + "' is no number from 0 to " + largest + "; " + otherwise + " is used",
            "write a whole number, or leave the key out"));
    return otherwise;
  }
}
