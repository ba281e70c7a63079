package io.sluice.engine.core;

import io.sluice.api.datapath.SetDelta;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A set that exported rules refer to by number. It holds only what changed since the last commit;
 * the whole is computed from its members when a snapshot is asked for.
 *
 * @param <T> what the datapath sees of an endpoint
 */
abstract class ExportedSet<T> {
  final SetKey key;
  final int number;

  /** How many policies' exports use it. */
  int users;

  /** Whether no commit has told of it yet. */
  private boolean isNew = true;

  private boolean marked;
  private final Pending pending;
  private Set<T> added = Set.of();
  private Set<T> removed = Set.of();

  ExportedSet(SetKey key, int number, Pending pending) {
    this.key = key;
    this.number = number;
    this.pending = pending;
    mark();
  }

  /** Gives what this endpoint puts into the set. */
  abstract void each(Slot slot, Consumer<T> consumer);

  final void contribute(Slot slot) {
    if (key.selects(slot)) {
      each(slot, this::add);
    }
  }

  final void withdraw(Slot slot) {
    if (key.selects(slot)) {
      each(slot, this::remove);
    }
  }

  private void add(T item) {
    if (removed.isEmpty() || !removed.remove(item)) {
      if (added.isEmpty()) {
        added = new HashSet<>();
      }
      added.add(item);
      mark();
    }
  }

  private void remove(T item) {
    if (added.isEmpty() || !added.remove(item)) {
      if (removed.isEmpty()) {
        removed = new HashSet<>();
      }
      removed.add(item);
      mark();
    }
  }

  /** Something is to be told of this set at the next commit. */
  final void mark() {
    if (!marked) {
      marked = true;
      pending.add(this);
    }
  }

  final boolean isNew() {
    return isNew;
  }

  /** Whether the next commit has something to tell of it. */
  final boolean changed() {
    return isNew || !added.isEmpty() || !removed.isEmpty();
  }

  /** What changed since the last commit; from now on only later changes count. */
  final SetDelta<T> takeDelta() {
    SetDelta<T> delta = new SetDelta<>(number, added, removed);
    settle();
    return delta;
  }

  /** Forgets what changed. */
  final void settle() {
    isNew = false;
    marked = false;
    added = Set.of();
    removed = Set.of();
  }
}
