package io.sluice.metrics;

/** Packets and bytes by policy, as metric families. */
final class TrafficMetrics {
  private TrafficMetrics() {}

  /**
   * Adds them.
   *
   * @param age how long ago the counters were read, in seconds
   */
  static void add(TrafficBook.Picture traffic, double age, Families to) {
    traffic
        .sums()
        .forEach(
            (series, sum) -> {
              String[] labels = {"policy", series.policy(), "verdict", series.verdict()};
              to.counter(
                  "sluice_policy_packets",
                  "Packets that the rules of a policy decided on, by verdict.",
                  sum.packets(),
                  labels);
              to.counter("sluice_policy_bytes", "Bytes in these packets.", sum.bytes(), labels);
            });
    to.gauge(
        "sluice_policies_summed",
        "Policies whose packets are counted under policy=\"" + TrafficBook.OTHERS + "\" only.",
        traffic.summed());
    to.gauge(
        "sluice_policy_traffic_age_seconds",
        "How long ago the packets and bytes by policy were read from the datapath.",
        age);
  }
}
