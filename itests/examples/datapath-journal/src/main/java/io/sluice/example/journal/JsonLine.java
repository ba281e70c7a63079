package io.sluice.example.journal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes one JSON object (RFC 8259) on one line, member by member. */
final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");

  JsonLine number(String name, long value) {
    return member(name, Long.toString(value));
  }

  JsonLine text(String name, String value) {
    return member(name, quoted(value));
  }

  JsonLine texts(String name, List<String> values) {
    return member(
        name, values.stream().map(JsonLine::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  JsonLine object(String name, JsonLine value) {
    return member(name, value.toString());
  }

  private JsonLine member(String name, String json) {
    text.append(text.length() > 1 ? "," : "").append(quoted(name)).append(':').append(json);
    return this;
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
              } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                quoted.append((char) c);
              }
            });
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
