package io.sluice.engine.core;

import io.sluice.api.resource.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A namespace that is known by its object, by a pod in it or by a selector that names it. */
final class NamespaceEntry {
  final int number;
  final String name;

  /** Its pods by name, also those that no selector can match. */
  final Map<String, Slot> pods = new HashMap<>(4);

  /** The scopes that cover it. */
  final List<Scope> scopes = new ArrayList<>(2);

  /** The scope that names it, one of {@link #scopes}; null if no group looks into it by name. */
  @Nullable Scope named;

  /** Null while the object is not known: then no namespace selector matches. */
  @Nullable Namespace object;

  /** The default group; there as long as the object is. */
  @Nullable Group defaultGroup;

  NamespaceEntry(int number, String name) {
    this.number = number;
    this.name = name;
  }

  boolean isUnused() {
    return object == null && pods.isEmpty() && named == null;
  }
}
