package io.sluice.engine.core;

import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * The numbers that a named port stands for among some endpoints, followed for the exported rules
 * that have one compiled rule for each number.
 */
final class PortUse {
  /**
   * What is followed.
   *
   * @param members among which endpoints
   * @param port the named port
   * @param localOnly whether only local endpoints count: so for subjects
   */
  record Key(Members members, PortName port, boolean localOnly) {}

  final Key key;
  private final List<PolicyExport> users = new ArrayList<>(1);
  private final Pending pending;
  private List<Integer> numbers = List.of();
  private boolean marked;

  PortUse(Key key, Pending pending) {
    this.key = key;
    this.pending = pending;
  }

  /** The numbers, as of the last {@link #refresh}. */
  List<Integer> numbers() {
    return numbers;
  }

  /** The numbers may have changed. */
  void mark() {
    if (!marked) {
      marked = true;
      pending.add(this);
    }
  }

  /** Looks again, and marks the policies that must be exported anew if anything has changed. */
  void refresh(RoaringBitmap local) {
    marked = false;
    RoaringBitmap among =
        key.localOnly() ? RoaringBitmap.and(key.members().numbers, local) : key.members().numbers;
    List<Integer> now = key.port().numbers(among);
    if (!now.equals(numbers)) {
      numbers = now;
      users.forEach(user -> pending.mark(user.policy));
    }
  }

  void add(PolicyExport user) {
    users.add(user);
  }

  void remove(PolicyExport user) {
    users.remove(user);
  }

  boolean isUnused() {
    return users.isEmpty();
  }
}
