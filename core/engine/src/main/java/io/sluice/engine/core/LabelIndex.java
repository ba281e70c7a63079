package io.sluice.engine.core;

import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Which numbered things (endpoints, namespaces) have a label. */
final class LabelIndex {
  private final Map<Label, RoaringBitmap> having = new HashMap<>();

  void add(int number, Map<String, String> labels) {
    labels.forEach(
        (key, value) ->
            having
                .computeIfAbsent(new Label(key, value), label -> new RoaringBitmap())
                .add(number));
  }

  void remove(int number, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          Label label = new Label(key, value);
          RoaringBitmap numbers = having.get(label);
          if (numbers != null) {
            numbers.remove(number);
            if (numbers.isEmpty()) {
              having.remove(label);
            }
          }
        });
  }

  /**
   * A superset of what the selector selects, by its In requirement that leaves the fewest; null if
   * it has none, so that everything is a candidate. Not to be changed by the caller.
   */
  @Nullable RoaringBitmap candidates(LabelSelector selector) {
    RoaringBitmap fewest = null;
    for (Requirement requirement : selector.requirements()) {
      if (requirement.operator() == Requirement.Operator.IN) {
        RoaringBitmap having = having(requirement);
        if (fewest == null || having.getCardinality() < fewest.getCardinality()) {
          fewest = having;
        }
      }
    }
    return fewest;
  }

  private RoaringBitmap having(Requirement in) {
    if (in.values().size() == 1) {
      RoaringBitmap numbers = having.get(new Label(in.key(), in.values().getFirst()));
      return numbers == null ? new RoaringBitmap() : numbers;
    }
    RoaringBitmap union = new RoaringBitmap();
    for (String value : in.values()) {
      RoaringBitmap numbers = having.get(new Label(in.key(), value));
      if (numbers != null) {
        union.or(numbers);
      }
    }
    return union;
  }
}
