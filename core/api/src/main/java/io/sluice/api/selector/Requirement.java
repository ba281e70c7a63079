package io.sluice.api.selector;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One requirement on labels (API type {@code LabelSelectorRequirement}).
 *
 * @param key the label's key
 * @param operator how the label is compared
 * @param values for In and NotIn at least one value, sorted, without duplicates; else empty
 */
public record Requirement(String key, Operator operator, List<String> values)
    implements Comparable<Requirement> {
  /** The operators of label selectors. */
  public enum Operator {
    /** The key is present and its value is one of the values. */
    IN,
    /** The key is absent, or its value is none of the values. */
    NOT_IN,
    /** The key is present, with any value, also an empty one. */
    EXISTS,
    /** The key is absent. */
    DOES_NOT_EXIST
  }

  /** Sorts the values, so that equal requirements are equal records. */
  public Requirement {
    values = values.stream().sorted().distinct().toList();
    boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
    if (wantsValues == values.isEmpty()) {
      throw new IllegalArgumentException(
          operator + (wantsValues ? " needs at least one value" : " takes no values"));
    }
  }

  /** {@code key in (values)}. */
  public static Requirement in(String key, Collection<String> values) {
    return new Requirement(key, Operator.IN, List.copyOf(values));
  }

  /** {@code key = value}: the key must be present, also where the value is empty. */
  public static Requirement equal(String key, String value) {
    return new Requirement(key, Operator.IN, List.of(value));
  }

  /** {@code key notin (values)}: also matches where the key is absent. */
  public static Requirement notIn(String key, Collection<String> values) {
    return new Requirement(key, Operator.NOT_IN, List.copyOf(values));
  }

  /** The key is present. */
  public static Requirement exists(String key) {
    return new Requirement(key, Operator.EXISTS, List.of());
  }

  /** The key is absent. */
  public static Requirement doesNotExist(String key) {
    return new Requirement(key, Operator.DOES_NOT_EXIST, List.of());
  }

  /** Whether these labels meet the requirement. */
  public boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
    };
  }

  @Override
  public int compareTo(Requirement other) {
    int byKey = key.compareTo(other.key);
    if (byKey != 0) {
      return byKey;
    }
    int byOperator = operator.compareTo(other.operator);
    return byOperator != 0 ? byOperator : values.toString().compareTo(other.values.toString());
  }

  @Override
  public String toString() {
    return switch (operator) {
      case IN ->
          values.size() == 1
              ? key + "=" + values.getFirst()
              : key + " in (" + String.join(",", values) + ")";
      case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
    };
  }
}
