package io.sluice.api.control;

import java.util.Comparator;
import java.util.Locale;

/**
 * Something that is legal and probably not meant, or that is broken, said so that it can be mended
 * or silenced.
 *
 * @param id what kind of finding it is, for example {@code unused-port}; never changes its meaning
 * @param severity how bad it is
 * @param object what it is about: {@code Kind/namespace/name}, {@code Namespace/name}, {@code Node}
 * @param field the path of the field, for example {@code spec.ingress[0].ports}; empty if it is not
 *     about one field
 * @param message what was found, and what it means
 * @param remedy what to do about it
 */
public record Finding(
    String id, Severity severity, String object, String field, String message, String remedy)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::object)
          .thenComparing(Finding::id)
          .thenComparing(Finding::field)
          .thenComparing(Finding::message);

  /** How bad a finding is, worst first. */
  public enum Severity {
    /** Something that was written is not in force. */
    ERROR,
    /** Something in force does, in all likelihood, not what it was written for. */
    WARNING,
    /** Something to know, which is often meant. */
    HINT;

    /** The word that people read. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Worst first, then by object. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
