package io.sluice.manifests;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal values be one object. Of values that fall on the same place the last is remembered, so
 * that it never holds more than its size.
 */
final class Shared<T> {
  private final @Nullable Object[] values;

  /**
   * Makes one.
   *
   * @param size how many values, a power of two
   */
  Shared(int size) {
    values = new @Nullable Object[size];
  }

  /** A value that equals this one. */
  @SuppressWarnings("unchecked") // Only values of T are put in, and equality implies the class.
  T of(T value) {
    int hash = value == null ? 0 : value.hashCode();
    int place = (hash ^ hash >>> 16) & values.length - 1;
    Object known = values[place];
    if (Objects.equals(known, value)) {
      return (T) Objects.requireNonNull(known);
    }
    values[place] = value;
    return value;
  }
}
