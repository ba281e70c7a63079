package io.sluice.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metric families in the making, by name. Of two values with the same labels the later one stays,
 * so that no two components of one name can make a scrape fail. Names must be valid ones; {@link
 * #snake} makes them out of camel case and of words.
 */
final class Families {
  private enum Type {
    GAUGE,
    COUNTER,
    UNTYPED
  }

  private record Family(Type type, String help, Map<Labels, Double> values) {}

  private final Map<String, Family> families = new TreeMap<>();

  /** A value that goes up and down. */
  void gauge(String name, String help, double value, String... labels) {
    add(Type.GAUGE, name, help, value, labels);
  }

  /** A number of things, which goes up and down. */
  void gauge(String name, String help, long value, String... labels) {
    add(Type.GAUGE, name, help, (double) value, labels);
  }

  /** A number that only grows; its name without {@code _total}. */
  void counter(String name, String help, long value, String... labels) {
    add(Type.COUNTER, name, help, (double) value, labels);
  }

  /** A number of which nobody has said how it moves. */
  void untyped(String name, String help, long value, String... labels) {
    add(Type.UNTYPED, name, help, (double) value, labels);
  }

  private void add(Type type, String name, String help, double value, String... labels) {
    Family family =
        families.computeIfAbsent(name, fresh -> new Family(type, help, new LinkedHashMap<>()));
    family.values.put(Labels.of(labels), value);
  }

  MetricSnapshots build() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.forEach((name, family) -> all.metricSnapshot(snapshot(name, family)));
    return all.build();
  }

  private static MetricSnapshot snapshot(String name, Family family) {
    return switch (family.type) {
      case GAUGE -> {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(family.help);
        family.values.forEach(
            (labels, value) ->
                gauge.dataPoint(
                    GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
        yield gauge.build();
      }
      case COUNTER -> {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(family.help);
        family.values.forEach(
            (labels, value) ->
                counter.dataPoint(
                    CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
        yield counter.build();
      }
      case UNTYPED -> {
        UnknownSnapshot.Builder untyped = UnknownSnapshot.builder().name(name).help(family.help);
        family.values.forEach(
            (labels, value) ->
                untyped.dataPoint(
                    UnknownSnapshot.UnknownDataPointSnapshot.builder()
                        .labels(labels)
                        .value(value)
                        .build()));
        yield untyped.build();
      }
    };
  }

  /** {@code localEndpoints}, {@code local endpoints} and {@code LOCAL-ENDPOINTS} in snake case. */
  static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toLowerCase();
  }
}
