package io.sluice.kit.exposition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scrape, read.
 *
 * @param families by name, in their order
 */
public record Exposition(Map<String, Family> families) {
  /** Keeps the order. */
  public Exposition {
    families = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(families));
  }

  /**
   * Reads a text.
   *
   * @throws MalformedExpositionException naming the line, or the family, and what is wrong
   */
  public static Exposition parse(String text) {
    Exposition read = new Exposition(new ExpositionReader(text).read());
    read.families.values().forEach(FamilyCheck::check);
    return read;
  }

  /** All samples of this name, whatever family they are in. */
  public List<Sample> samples(String name) {
    return families.values().stream()
        .flatMap(family -> family.samples().stream())
        .filter(sample -> sample.name().equals(name))
        .toList();
  }

  /** The value of the only sample of this name with these labels (it may have more). */
  public Optional<Double> value(String name, Map<String, String> labels) {
    List<Sample> found = samples(name).stream().filter(sample -> sample.has(labels)).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(labels + " do not tell these apart: " + found);
    }
    return found.stream().map(Sample::value).findFirst();
  }
}
