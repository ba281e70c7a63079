package io.sluice.kit.exposition;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks what a family's type promises of its values. */
final class FamilyCheck {
  private static final String BOUND = "le";

  private FamilyCheck() {}

  static void check(Family family) {
    switch (family.type()) {
      case COUNTER -> family.samples().forEach(sample -> counts(family, sample));
      case HISTOGRAM -> histogram(family);
      case GAUGE, SUMMARY, UNTYPED -> {
        // Any value will do.
      }
    }
  }

  private static void counts(Family family, Sample sample) {
    if (!(sample.value() >= 0)) {
      throw wrong(family, "counts " + sample.value());
    }
  }

  private static MalformedExpositionException wrong(Family family, String message) {
    return new MalformedExpositionException(family.name(), message);
  }

  private static void histogram(Family family) {
    Map<SortedMap<String, String>, NavigableMap<Double, Double>> buckets =
        new java.util.HashMap<>();
    for (Sample sample : family.samples()) {
      if (sample.name().endsWith("_bucket")) {
        SortedMap<String, String> labels = new TreeMap<>(sample.labels());
        String bound = labels.remove(BOUND);
        if (bound == null) {
          throw wrong(family, "a bucket without a bound");
        }
        buckets
            .computeIfAbsent(labels, fresh -> new TreeMap<>())
            .put(
                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                sample.value());
      }
    }
    for (Sample sample : family.samples()) {
      if (sample.name().endsWith("_count")) {
        NavigableMap<Double, Double> own = buckets.remove(sample.labels());
        check(family, sample, Optional.ofNullable(own));
      }
    }
    if (!buckets.isEmpty()) {
      throw wrong(family, "buckets without a count: " + buckets.keySet());
    }
  }

  private static void check(
      Family family, Sample count, Optional<NavigableMap<Double, Double>> buckets) {
    double before = 0;
    for (double value : buckets.map(NavigableMap::values).orElse(java.util.List.of())) {
      if (!(value >= before)) {
        throw wrong(family, "a bucket holds less than a smaller one");
      }
      before = value;
    }
    if (buckets.isEmpty()
        || buckets.get().lastKey() != Double.POSITIVE_INFINITY
        || before != count.value()) {
      throw wrong(family, "the buckets do not end at the count");
    }
  }
}
