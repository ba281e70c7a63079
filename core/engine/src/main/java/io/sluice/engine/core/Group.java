package io.sluice.engine.core;

import io.sluice.api.selector.GroupSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The endpoints that a selector selects now. Equal selectors share one group. */
final class Group extends Members {
  final int id;
  final GroupSelector selector;
  final Scope scope;

  /** How many policies and rules (and namespaces, for a default group) hold it. */
  int holders;

  private final Pending pending;
  private List<CompiledPolicy> subjectOf = List.of();

  Group(int id, GroupSelector selector, Scope scope, Pending pending) {
    this.id = id;
    this.selector = selector;
    this.scope = scope;
    this.pending = pending;
  }

  /** The policies that are about this group. */
  List<CompiledPolicy> subjectOf() {
    return Collections.unmodifiableList(subjectOf);
  }

  void addSubjectOf(CompiledPolicy policy) {
    if (subjectOf.isEmpty()) {
      subjectOf = new ArrayList<>(1);
    }
    subjectOf.add(policy);
  }

  void removeSubjectOf(CompiledPolicy policy) {
    subjectOf.remove(policy);
    if (subjectOf.isEmpty()) {
      subjectOf = List.of();
    }
  }

  @Override
  void localityChanged() {
    subjectOf.forEach(pending::mark);
  }
}
