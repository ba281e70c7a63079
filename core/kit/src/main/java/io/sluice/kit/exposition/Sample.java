package io.sluice.kit.exposition;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line with a value.
 *
 * @param name the sample's name, with a suffix where its family's type has suffixes
 * @param labels its labels
 * @param value its value
 */
public record Sample(String name, SortedMap<String, String> labels, double value) {
  /** Copies the labels. */
  public Sample {
    labels = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Whether it has all of these labels. */
  public boolean has(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }
}
