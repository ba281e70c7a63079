package io.sluice.kit.cluster;

import io.sluice.api.resource.ClaimedResource;
import java.util.List;
import java.util.Map;

/** Reads trees of valid objects; a missing field is null to it, as to the API. */
final class Tree {
  private Tree() {}

  static Object get(Object map, String field) {
    Object value = map(map).get(field);
    return value == null ? ClaimedResource.NULL : value;
  }

  static boolean given(Object value) {
    return value != ClaimedResource.NULL;
  }

  static Map<?, ?> map(Object value) {
    return given(value) ? (Map<?, ?>) value : Map.of();
  }

  static List<?> list(Object value) {
    return given(value) ? (List<?>) value : List.of();
  }

  static String text(Object value) {
    return (String) value;
  }
}
