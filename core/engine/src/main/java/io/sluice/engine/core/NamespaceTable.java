package io.sluice.engine.core;

import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The namespaces, and which of them the scopes in use cover. */
final class NamespaceTable {
  private final Map<String, NamespaceEntry> byName = new HashMap<>();
  private final List<@Nullable NamespaceEntry> byNumber = new ArrayList<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final LabelIndex labels = new LabelIndex();
  private final Map<LabelSelector, Scope> matching = new HashMap<>();
  private final Anchors<Scope> anchors = new Anchors<>();

  @Nullable NamespaceEntry find(String name) {
    return byName.get(name);
  }

  Collection<NamespaceEntry> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  NamespaceEntry get(String name) {
    NamespaceEntry known = byName.get(name);
    if (known != null) {
      return known;
    }
    Integer reused = free.poll();
    int number = reused == null ? byNumber.size() : reused;
    NamespaceEntry entry = new NamespaceEntry(number, name);
    if (reused == null) {
      byNumber.add(entry);
    } else {
      byNumber.set(number, entry);
    }
    byName.put(name, entry);
    return entry;
  }

  /** Forgets the namespace if nothing speaks of it any more. */
  void tidy(NamespaceEntry entry) {
    if (entry.isUnused()) {
      byName.remove(entry.name);
      byNumber.set(entry.number, null);
      free.push(entry.number);
    }
  }

  /** The scope for this key; made if it is not there. */
  Scope scope(NamespaceScope key) {
    return switch (key) {
      case NamespaceScope.Named(String name) -> named(key, name);
      case NamespaceScope.Matching(LabelSelector selector) -> {
        Scope known = matching.get(selector);
        yield known == null ? newMatching(key, selector) : known;
      }
    };
  }

  private Scope named(NamespaceScope key, String name) {
    NamespaceEntry entry = get(name);
    if (entry.named == null) {
      entry.named = new Scope(key, Set.of(entry));
      entry.scopes.add(entry.named);
    }
    return entry.named;
  }

  private Scope newMatching(NamespaceScope key, LabelSelector selector) {
    Scope scope = new Scope(key, new LinkedHashSet<>());
    matching.put(selector, scope);
    anchors.add(selector, scope);
    RoaringBitmap candidates = labels.candidates(selector);
    if (candidates == null) {
      byName.values().forEach(entry -> coverIfMatched(scope, selector, entry));
    } else {
      candidates.forEach(
          (int number) -> {
            NamespaceEntry entry = byNumber.get(number);
            if (entry != null) {
              coverIfMatched(scope, selector, entry);
            }
          });
    }
    return scope;
  }

  private static void coverIfMatched(Scope scope, LabelSelector selector, NamespaceEntry entry) {
    if (entry.object != null && selector.matches(entry.object.labels())) {
      scope.namespaces.add(entry);
      entry.scopes.add(scope);
    }
  }

  /** Forgets a scope that no group uses any more. */
  void drop(Scope scope) {
    switch (scope.key) {
      case NamespaceScope.Named(String name) -> {
        NamespaceEntry entry = get(name);
        entry.named = null;
        entry.scopes.remove(scope);
        tidy(entry);
      }
      case NamespaceScope.Matching(LabelSelector selector) -> {
        matching.remove(selector);
        anchors.remove(selector, scope);
        scope.namespaces.forEach(entry -> entry.scopes.remove(scope));
      }
    }
  }

  /**
   * Sets the namespace's object and finds the scopes that cover it now.
   *
   * @return the scopes that covered it before and do no more, and those that are new
   */
  Moved relabel(NamespaceEntry entry, @Nullable Namespace next) {
    Set<Scope> before = new LinkedHashSet<>(entry.scopes);
    before.remove(entry.named);
    if (entry.object != null) {
      labels.remove(entry.number, entry.object.labels());
    }
    entry.object = next;
    Set<Scope> after = new LinkedHashSet<>();
    if (next != null) {
      labels.add(entry.number, next.labels());
      anchors.candidates(
          next.labels(),
          scope -> {
            if (scope.key instanceof NamespaceScope.Matching(LabelSelector selector)
                && selector.matches(next.labels())) {
              after.add(scope);
            }
          });
    }
    List<Scope> left = before.stream().filter(scope -> !after.contains(scope)).toList();
    List<Scope> joined = after.stream().filter(scope -> !before.contains(scope)).toList();
    left.forEach(
        scope -> {
          scope.namespaces.remove(entry);
          entry.scopes.remove(scope);
        });
    joined.forEach(
        scope -> {
          scope.namespaces.add(entry);
          entry.scopes.add(scope);
        });
    return new Moved(left, joined);
  }

  /**
   * How a namespace moved between scopes.
   *
   * @param left the scopes that cover it no more
   * @param joined the scopes that cover it now
   */
  record Moved(List<Scope> left, List<Scope> joined) {}
}
