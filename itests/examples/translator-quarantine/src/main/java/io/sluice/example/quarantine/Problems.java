package io.sluice.example.quarantine;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads fields of one object, and collects what is wrong with them. */
final class Problems {
  private final ClaimedResource resource;
  private final List<Problem> found = new ArrayList<>();

  Problems(ClaimedResource resource) {
    this.resource = resource;
  }

  List<Problem> found() {
    return found;
  }

  /** A sentence about a field of this object. */
  Problem about(String field, String message, String remedy) {
    return new Problem(resource.origin(), resource.key().toString(), field, message, remedy);
  }

  void add(String field, String message, String remedy) {
    found.add(about(field, message, remedy));
  }

  /**
   * The map that must stand in a field; empty if something else does.
   *
   * @param field its path, for messages
   * @param known the fields that it may have; null for any
   */
  Optional<Map<?, ?>> map(String field, @Nullable Object value, @Nullable Set<String> known) {
    if (!(value instanceof Map<?, ?> map)) {
      add(
          field,
          value == null || value == ClaimedResource.NULL ? "is missing" : "is not a map",
          known == null ? "write lines of the form key: value" : "write " + new TreeSet<>(known));
      return Optional.empty();
    }
    for (Object key : map.keySet()) {
      if (!(key instanceof String name)) {
        add(field, "has a key that is not a string", "put the key " + key + " in quotes");
      } else if (known != null && !known.contains(name)) {
        add(
            field.isEmpty() ? name : field + "." + name,
            "unknown field",
            "remove it; known are " + new TreeSet<>(known));
      }
    }
    return Optional.of(map);
  }
}
