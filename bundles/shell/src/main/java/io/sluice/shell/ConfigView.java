package io.sluice.shell;

import static io.sluice.api.text.JsonText.object;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations, for people and for machines. */
final class ConfigView {
  /**
   * A key and its value.
   *
   * @param key the key
   * @param value the value that counts
   * @param set whether the file sets it
   */
  record Value(Pids.Key key, String value, boolean set) {}

  /**
   * A configuration.
   *
   * @param described what it is
   * @param file its file's name; empty if there is none
   * @param values its keys
   */
  record Configured(Pids.Described described, String file, List<Value> values) {}

  private ConfigView() {}

  static String list(List<Configured> all) {
    Table table = new Table("PID", "FILE", "KEYS SET", "WHAT IT IS FOR");
    for (Configured one : all) {
      String set =
          String.join(
              ",", one.values().stream().filter(Value::set).map(v -> v.key().name()).toList());
      table.row(one.described().pid(), one.file(), set, one.described().description());
    }
    return table.toString();
  }

  static Map<String, @Nullable Object> listDocument(List<Configured> all) {
    return object("configurations", all.stream().map(ConfigView::document).toList());
  }

  static String values(Configured one) {
    Table table = new Table("KEY", "VALUE", "DEFAULT", "SET");
    for (Value value : one.values()) {
      table.row(
          value.key().name(), value.value(), value.key().otherwise(), value.set() ? "yes" : "no");
    }
    return table.toString();
  }

  static Map<String, @Nullable Object> document(Configured one) {
    return object(
        "pid", one.described().pid(),
        "file", one.file(),
        "description", one.described().description(),
        "keys", one.values().stream().map(ConfigView::document).toList());
  }

  private static Map<String, @Nullable Object> document(Value value) {
    return object(
        "key", value.key().name(),
        "value", value.value(),
        "set", value.set(),
        "default", value.key().otherwise(),
        "type", value.key().type(),
        "options", value.key().options(),
        "description", value.key().description());
  }

  static String description(Configured one) {
    StringBuilder text = new StringBuilder(one.described().pid());
    text.append(": ").append(one.described().description()).append('\n');
    for (Value value : one.values()) {
      Pids.Key key = value.key();
      text.append('\n').append(key.name()).append("  (").append(key.type());
      text.append(key.options().isEmpty() ? "" : ": " + String.join(", ", key.options()));
      text.append("; default ").append(key.otherwise().isEmpty() ? "empty" : key.otherwise());
      text.append(")\n  ").append(key.description()).append('\n');
    }
    return text.toString();
  }
}
