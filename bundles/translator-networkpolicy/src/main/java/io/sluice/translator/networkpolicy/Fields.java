package io.sluice.translator.networkpolicy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of one object, or the entries of a map with free keys. */
final class Fields {
  private final Report report;
  private final String path;
  private final Map<String, Field> fields;
  private final boolean sound;

  private Fields(Report report, String path, Map<String, Field> fields, boolean sound) {
    this.report = report;
    this.path = path;
    this.fields = fields;
    this.sound = sound;
  }

  /**
   * Reads a map.
   *
   * @param known the fields that an object may have; empty for a map with free keys
   * @param before the number of problems before this place was looked at
   */
  static Fields read(
      Report report, String path, Map<?, ?> map, Optional<KnownFields> known, int before) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        report.problem(path, "a key is " + Shown.value(entry.getKey()), "put the key in quotes");
        continue;
      }
      String place =
          known.isEmpty() ? path + "[" + name + "]" : path.isEmpty() ? name : path + "." + name;
      if (known.isPresent() && !known.get().contains(name)) {
        report.problem(place, "unknown field " + Shown.quoted(name), known.get().remedy(name));
        continue;
      }
      fields.put(name, new Field(report, place, entry.getValue()));
    }
    return new Fields(report, path, fields, report.count() == before);
  }

  /** The field of this name; not given where it is missing. */
  Field get(String name) {
    Field field = fields.get(name);
    return field != null
        ? field
        : new Field(report, path.isEmpty() ? name : path + "." + name, null);
  }

  /** Whether the object was a map and had no unknown field. */
  boolean sound() {
    return sound;
  }

  /** Every entry by its key, in the order written. */
  List<Map.Entry<String, Field>> all() {
    return new ArrayList<>(fields.entrySet());
  }
}
