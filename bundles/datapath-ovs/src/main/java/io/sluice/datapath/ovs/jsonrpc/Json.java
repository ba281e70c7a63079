package io.sluice.datapath.ovs.jsonrpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value (RFC 8259). */
public sealed interface Json {
  /** An object; the order of the members is kept. */
  record Members(Map<String, Json> members) implements Json {
    /** Copies the members. */
    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** An array. */
  record Items(List<Json> items) implements Json {
    /** Copies the items. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A string. */
  record Text(String text) implements Json {}

  /** A number; all that is said to us are integers or need not be exact. */
  record Numeral(long integer) implements Json {}

  /** True or false. */
  record Truth(boolean value) implements Json {}

  /** Null. */
  record Null() implements Json {}

  /** A string. */
  static Json of(String text) {
    return new Text(text);
  }

  /** A number. */
  static Json of(long number) {
    return new Numeral(number);
  }

  /** An array. */
  static Json array(Json... items) {
    return new Items(List.of(items));
  }

  /** An array of strings. */
  static Json texts(String... texts) {
    return new Items(List.of(texts).stream().map(Json::of).toList());
  }

  /** An object with one member. */
  static Json object(String name, Json value) {
    return new Members(Map.of(name, value));
  }

  /** An object with two members. */
  static Json object(String name1, Json value1, String name2, Json value2) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put(name1, value1);
    members.put(name2, value2);
    return new Members(members);
  }

  /** This object with one more member. */
  default Json and(String name, Json value) {
    Map<String, Json> members = new LinkedHashMap<>(members());
    members.put(name, value);
    return new Members(members);
  }

  /** The members of an object; none of anything else. */
  default Map<String, Json> members() {
    return Map.of();
  }

  /** The items of an array; none of anything else. */
  default List<Json> items() {
    return List.of();
  }

  /** The string, if it is one. */
  default Optional<String> asText() {
    return this instanceof Text text ? Optional.of(text.text()) : Optional.empty();
  }

  /** The number, if it is one. */
  default Optional<Long> asNumber() {
    return this instanceof Numeral number ? Optional.of(number.integer()) : Optional.empty();
  }

  /** The member of this name, or null. */
  default Json member(String name) {
    Json value = members().get(name);
    return value == null ? new Null() : value;
  }

  /** Whether it is null. */
  default boolean isNull() {
    return this instanceof Null;
  }
}
