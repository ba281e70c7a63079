package io.sluice.translator.networkpolicy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values in words, short enough for a message. */
final class Shown {
  private static final int LONGEST = 80;

  private Shown() {}

  /** The value, with the type that YAML or JSON gave it where that matters. */
  static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text -> "the string " + quoted(text);
      case Long number -> "the number " + number;
      case Double number -> "the number " + number;
      case Boolean truth -> "the truth value " + truth;
      case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
      case Map<?, ?> map -> map.isEmpty() ? "an empty map" : "a map";
      default -> "a value of type " + value.getClass().getSimpleName();
    };
  }

  /** The text in quotes, cut where it is long. */
  static String quoted(String text) {
    return text.length() <= LONGEST
        ? "\"" + text + "\""
        : "\"" + text.substring(0, LONGEST) + "...\" (" + text.length() + " characters)";
  }

  /** The text, cut where it is long. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
