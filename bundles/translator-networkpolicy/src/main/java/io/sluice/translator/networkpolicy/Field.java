package io.sluice.translator.networkpolicy;

import io.sluice.api.resource.ClaimedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One place in an object's tree: its path, and what stands there.
 *
 * <p>A missing field and one that is null are the same to the API, so both are not {@link #given}.
 */
final class Field {
  private final Report report;
  private final String path;
  private final @Nullable Object value;

  Field(Report report, String path, @Nullable Object value) {
    this.report = report;
    this.path = path;
    this.value = value == ClaimedResource.NULL ? null : value;
  }

  /** Where it stands, for example {@code spec.ingress[0].ports}; empty for the whole object. */
  String path() {
    return path;
  }

  /** Whether anything but null stands here. */
  boolean given() {
    return value != null;
  }

  /** Whether nothing stands here, or an empty list. */
  boolean isEmpty() {
    return value == null || (value instanceof List<?> list && list.isEmpty());
  }

  /** How many problems the whole object has so far; tells whether a part was read without any. */
  int problems() {
    return report.count();
  }

  /** What stands here, in words for a message. */
  String shown() {
    return Shown.value(value);
  }

  /** What stands here if it is an integer. Strings of digits are strings. */
  Optional<Long> integer() {
    return value instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  /** What stands here if it is a string. */
  Optional<String> string() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The string that must stand here. */
  Optional<String> text() {
    if (!(value instanceof String)) {
      problem(shown() + " is not a string", "write a string" + (given() ? " in quotes" : ""));
    }
    return string();
  }

  /**
   * The fields of the object that stands here, none if nothing does. Fields that are not known are
   * problems.
   */
  Fields object(KnownFields known) {
    int before = report.count();
    Map<?, ?> map = Map.of();
    if (value instanceof Map<?, ?> object) {
      map = object;
    } else if (given()) {
      problem(shown() + " is not a map of fields", "write the fields " + known.list());
    }
    return Fields.read(report, path, map, Optional.of(known), before);
  }

  /** The entries of the map with free keys that stands here, none if nothing does. */
  Fields entries() {
    int before = report.count();
    Map<?, ?> map = Map.of();
    if (value instanceof Map<?, ?> object) {
      map = object;
    } else if (given()) {
      problem(shown() + " is not a map", "write lines of the form 'key: value'");
    }
    return Fields.read(report, path, map, Optional.empty(), before);
  }

  /** The items of the list that stands here, none if nothing does. A null item is a problem. */
  List<Field> items() {
    List<Field> items = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Field item = new Field(report, path + "[" + i + "]", list.get(i));
        if (item.given()) {
          items.add(item);
        } else {
          item.problem("null is no item", "write the item, or remove the '-' that nothing follows");
        }
      }
    } else if (given()) {
      problem(shown() + " is not a list", "begin each item with '- '");
    }
    return items;
  }

  void problem(String message, String remedy) {
    report.problem(path, message, remedy);
  }

  void warning(String message, String remedy) {
    report.warning(path, message, remedy);
  }
}
