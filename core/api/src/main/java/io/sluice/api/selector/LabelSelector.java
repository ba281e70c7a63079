package io.sluice.api.selector;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A label selector (API type {@code LabelSelector}): every requirement must be met. {@code
 * matchLabels} entries are requirements with {@link Requirement.Operator#IN} and one value.
 *
 * @param requirements sorted, without duplicates; empty selects everything
 */
public record LabelSelector(List<Requirement> requirements) {
  /** Selects everything: {@code {}}. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /** Sorts the requirements, so that equal selectors are equal records. */
  public LabelSelector {
    requirements = requirements.stream().sorted().distinct().toList();
  }

  /** A selector of these requirements. */
  public static LabelSelector of(Requirement... requirements) {
    return new LabelSelector(List.of(requirements));
  }

  /** Whether these labels are selected. */
  public boolean matches(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Whether everything is selected. */
  public boolean isEverything() {
    return requirements.isEmpty();
  }

  /** {@code {}} or the requirements, comma-separated. */
  @Override
  public String toString() {
    return requirements.isEmpty()
        ? "{}"
        : requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
