package io.sluice.engine.core;

import io.sluice.api.selector.GroupSelector;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups in use, by selector. */
final class GroupTable {
  private final Map<GroupSelector, Group> groups = new HashMap<>();
  private final NamespaceTable namespaces;
  private final Pending pending;
  private int lastId;

  GroupTable(NamespaceTable namespaces, Pending pending) {
    this.namespaces = namespaces;
    this.pending = pending;
  }

  @Nullable Group find(GroupSelector selector) {
    return groups.get(selector);
  }

  Collection<Group> all() {
    return Collections.unmodifiableCollection(groups.values());
  }

  /** A new group, still without members. */
  Group add(GroupSelector selector) {
    Scope scope = namespaces.scope(selector.namespaces());
    Group group = new Group(++lastId, selector, scope, pending);
    groups.put(selector, group);
    scope.add(group);
    return group;
  }

  /** One holder less; without holders the group goes, and its scope with its last group. */
  void release(Group group) {
    if (--group.holders > 0) {
      return;
    }
    groups.remove(group.selector);
    group.scope.remove(group);
    if (group.scope.isEmpty()) {
      namespaces.drop(group.scope);
    }
  }
}
