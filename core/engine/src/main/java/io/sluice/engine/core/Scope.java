package io.sluice.engine.core;

import io.sluice.api.selector.NamespaceScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The namespaces that a namespace scope covers now, shared by all groups with this scope: a
 * namespace's labels are judged once for a selector, not once for a group.
 */
final class Scope {
  final NamespaceScope key;

  /** The namespaces covered. */
  final Set<NamespaceEntry> namespaces;

  private final Anchors<Group> groups = new Anchors<>();

  Scope(NamespaceScope key, Set<NamespaceEntry> namespaces) {
    this.key = key;
    this.namespaces = namespaces;
  }

  void add(Group group) {
    groups.add(group.selector.pods(), group);
  }

  void remove(Group group) {
    groups.remove(group.selector.pods(), group);
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /**
   * The groups of this scope whose pod selector matches, for an endpoint in a covered namespace.
   */
  List<Group> matching(Slot slot) {
    List<Group> matching = new ArrayList<>();
    matching(slot, matching::add);
    return matching;
  }

  void matching(Slot slot, Consumer<Group> consumer) {
    groups.candidates(
        slot.endpoint.labels(),
        group -> {
          if (group.selector.pods().matches(slot.endpoint.labels())) {
            consumer.accept(group);
          }
        });
  }
}
