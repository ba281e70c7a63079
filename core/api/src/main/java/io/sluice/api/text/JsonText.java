package io.sluice.api.text;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document (RFC 8259), indented, with a newline at its end.
 *
 * <p>Objects are maps, whose order is kept; arrays are iterables. Text, whole numbers, finite
 * fractions, booleans and null stand for themselves.
 */
public final class JsonText {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /**
   * The text of a value.
   *
   * @throws IllegalArgumentException if it is, or holds, something that JSON has no form for
   */
  public static String of(@Nullable Object value) {
    JsonText document = new JsonText();
    document.write(value, "\n");
    return document.text.append('\n').toString();
  }

  /**
   * An object with these members, in this order.
   *
   * @param namesAndValues name, value, name, value, ...
   */
  public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return members;
  }

  private void write(@Nullable Object value, String line) {
    switch (value) {
      case null -> text.append("null");
      case CharSequence characters -> quote(characters);
      case Boolean truth -> text.append(truth.booleanValue());
      case Integer number -> text.append(number.intValue());
      case Long number -> text.append(number.longValue());
      case Double number when Double.isFinite(number) -> text.append(number.doubleValue());
      case Map<?, ?> members -> object(members, line);
      case Iterable<?> elements -> array(elements, line);
      default ->
          throw new IllegalArgumentException(
              "JSON has no form for a " + value.getClass().getName());
    }
  }

  private void object(Map<?, ?> members, String line) {
    text.append('{');
    String inner = line + INDENT;
    String separator = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(separator).append(inner);
      quote(String.valueOf(member.getKey()));
      text.append(": ");
      write(member.getValue(), inner);
      separator = ",";
    }
    text.append(members.isEmpty() ? "" : line).append('}');
  }

  private void array(Iterable<?> elements, String line) {
    text.append('[');
    String inner = line + INDENT;
    Iterator<?> all = elements.iterator();
    boolean empty = !all.hasNext();
    while (all.hasNext()) {
      text.append(inner);
      write(all.next(), inner);
      text.append(all.hasNext() ? "," : "");
    }
    text.append(empty ? "" : line).append(']');
  }

  private void quote(CharSequence characters) {
    text.append('"');
    for (int i = 0; i < characters.length(); i++) {
      char c = characters.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
