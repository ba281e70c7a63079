package io.sluice.engine.core;

import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for some labels, the selectors that may match them. A selector is anchored at the labels
 * of its In requirement with the fewest values, of which an object must have one to match; a
 * selector without such a requirement is always a candidate.
 *
 * @param <T> what the selectors stand for
 */
final class Anchors<T> {
  private @Nullable Map<Label, List<T>> anchored;
  private @Nullable List<T> unanchored;
  private int size;

  void add(LabelSelector selector, T item) {
    size++;
    Requirement anchor = anchor(selector);
    if (anchor == null) {
      if (unanchored == null) {
        unanchored = new ArrayList<>(1);
      }
      unanchored.add(item);
      return;
    }
    if (anchored == null) {
      anchored = new HashMap<>(4);
    }
    for (String value : anchor.values()) {
      anchored
          .computeIfAbsent(new Label(anchor.key(), value), label -> new ArrayList<>(1))
          .add(item);
    }
  }

  void remove(LabelSelector selector, T item) {
    size--;
    Requirement anchor = anchor(selector);
    if (anchor == null) {
      if (unanchored != null) {
        unanchored.remove(item);
      }
      return;
    }
    for (String value : anchor.values()) {
      Label label = new Label(anchor.key(), value);
      List<T> items = anchored == null ? null : anchored.get(label);
      if (items != null && items.remove(item) && items.isEmpty() && anchored != null) {
        anchored.remove(label);
      }
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Gives each item whose selector may match these labels, once. */
  void candidates(Map<String, String> labels, Consumer<T> consumer) {
    if (unanchored != null) {
      unanchored.forEach(consumer);
    }
    if (anchored != null && !anchored.isEmpty()) {
      labels.forEach(
          (key, value) -> {
            List<T> items = anchored == null ? null : anchored.get(new Label(key, value));
            if (items != null) {
              items.forEach(consumer);
            }
          });
    }
  }

  private static @Nullable Requirement anchor(LabelSelector selector) {
    Requirement fewest = null;
    for (Requirement requirement : selector.requirements()) {
      if (requirement.operator() == Requirement.Operator.IN
          && (fewest == null || requirement.values().size() < fewest.values().size())) {
        fewest = requirement;
      }
    }
    return fewest;
  }
}
