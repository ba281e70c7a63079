package io.sluice.manifests;

import io.sluice.api.resource.ClaimedResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a mapping, with their types checked. As in the API, null is the same as absent. A
 * field of the wrong type is reported and then counts as absent.
 */
final class Fields {
  /** No fields. */
  private static final Map<String, Object> NOTHING = Map.of();

  private final Map<String, Object> tree;
  private final String path;
  private final Findings findings;

  Fields(Map<String, Object> tree, String path, Findings findings) {
    this.tree = tree;
    this.path = path;
    this.findings = findings;
  }

  /** The path of a field, for messages. */
  String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** Reports a problem with a field. */
  void wrong(String field, String message, String remedy) {
    findings.add(path(field), message, remedy);
  }

  /** Whether the field is there and not null. */
  boolean has(String field) {
    return get(field) != null;
  }

  /** A string, or null. */
  @Nullable String string(String field) {
    Object value = get(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    wrong(
        field,
        "must be a string, is " + describe(value),
        value instanceof Map || value instanceof List ? "write one string" : "put it in quotes");
    return null;
  }

  /** A string, or an empty one. */
  String text(String field) {
    String value = string(field);
    return value == null ? "" : value;
  }

  /** A truth value, false if absent; {@code yes} and {@code on} are YAML 1.1 for true. */
  boolean flag(String field) {
    Object value = get(field);
    return switch (value) {
      case null -> false;
      case Boolean flag -> flag;
      case String text when Set.of("yes", "Yes", "YES", "on", "On", "ON").contains(text) -> true;
      case String text when Set.of("no", "No", "NO", "off", "Off", "OFF").contains(text) -> false;
      default -> {
        wrong(field, "must be true or false, is " + describe(value), "write true or false");
        yield false;
      }
    };
  }

  /** A port number; 0 if it is none, which is reported. */
  int port(String field) {
    Object value = get(field);
    if (value instanceof Long number && number >= 1 && number <= 65535) {
      return number.intValue();
    }
    wrong(
        field,
        value == null ? "is missing" : "must be a whole number, is " + describe(value),
        "write a number from 1 to 65535, without quotes");
    return 0;
  }

  /** A point in time (RFC 3339), or null. */
  @Nullable Instant time(String field) {
    String text = string(field);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      wrong(field, "'" + text + "' is no time", "write it as in 2026-01-31T12:00:00Z (RFC 3339)");
      return null;
    }
  }

  /** The fields of a mapping; without any if absent. */
  Fields map(String field) {
    return new Fields(tree(field), path(field), findings);
  }

  /** A mapping as it is; empty if absent. */
  @SuppressWarnings("unchecked")
  Map<String, Object> tree(String field) {
    Object value = get(field);
    if (value == null) {
      return NOTHING;
    }
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    wrong(field, "must be a mapping, is " + describe(value), "write 'key: value' lines under it");
    return NOTHING;
  }

  /** The elements of a list of mappings; none if absent. */
  @SuppressWarnings("unchecked")
  List<Fields> maps(String field) {
    List<?> list = list(field);
    List<Fields> maps = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String place = field + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?> map) {
        maps.add(new Fields((Map<String, Object>) map, path(place), findings));
      } else {
        wrong(place, "must be a mapping, is " + describe(list.get(i)), "write 'key: value' in it");
      }
    }
    return maps;
  }

  /** A list as it is; empty if absent. */
  List<?> list(String field) {
    Object value = get(field);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    wrong(field, "must be a list, is " + describe(value), "write '- ' before each element");
    return List.of();
  }

  /** Reports every field that is none of these. */
  void only(Set<String> known) {
    for (String field : tree.keySet()) {
      if (!known.contains(field)) {
        wrong(field, "is no field of this object", "correct its spelling, or leave it out");
      }
    }
  }

  private @Nullable Object get(String field) {
    Object value = tree.get(field);
    return value == ClaimedResource.NULL ? null : value;
  }

  /** A value, for messages. */
  static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "missing";
      case Map<?, ?> map -> "a mapping";
      case List<?> list -> "a list";
      case String text -> "the string '" + shorten(text) + "'";
      case Boolean flag -> "the truth value " + flag;
      case Number number -> "the number " + number;
      default -> value.toString();
    };
  }

  static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
