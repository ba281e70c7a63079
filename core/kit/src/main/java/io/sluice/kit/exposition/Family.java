package io.sluice.kit.exposition;

import java.util.List;

/**
 * Samples that belong together.
 *
 * @param name the name that its TYPE line gives
 * @param type its type
 * @param help its text, empty if there is none
 * @param samples its samples, in their order
 */
public record Family(String name, Type type, String help, List<Sample> samples) {
  /** The types of families. */
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    UNTYPED
  }

  /** Copies the samples. */
  public Family {
    samples = List.copyOf(samples);
  }
}
