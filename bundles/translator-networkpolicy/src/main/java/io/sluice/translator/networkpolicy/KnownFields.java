package io.sluice.translator.networkpolicy;

import java.util.List;
import java.util.Map;

/**
 * The fields that a type of the API has, and what to say of others.
 *
 * @param names the fields
 * @param misplaced what to say of fields that belong elsewhere, by name
 * @param otherwise what to say of a name that is like none of them
 */
record KnownFields(List<String> names, Map<String, String> misplaced, String otherwise) {
  static KnownFields of(String... names) {
    return new KnownFields(List.of(names), Map.of(), "");
  }

  /** The same fields, where this one belongs elsewhere. */
  KnownFields notHere(Map<String, String> remedies) {
    return new KnownFields(names, remedies, otherwise);
  }

  /** The same fields, with this remedy for a name that is like none of them. */
  KnownFields or(String remedy) {
    return new KnownFields(names, misplaced, remedy);
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** The fields, for a message. */
  String list() {
    return String.join(", ", names);
  }

  /** What to do about a field that is not known. */
  String remedy(String name) {
    String elsewhere = misplaced.get(name);
    if (elsewhere != null) {
      return elsewhere;
    }
    return NearName.of(name, names)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> otherwise.isEmpty() ? "remove it; known fields: " + list() : otherwise);
  }
}
