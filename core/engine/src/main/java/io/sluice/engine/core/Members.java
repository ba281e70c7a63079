package io.sluice.engine.core;

import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Some endpoints, by number, and whoever must hear of their coming and going: the exported sets and
 * the uses of named ports. Both lists are empty while no exported rule speaks of these endpoints,
 * which is so for most groups of a cluster on any one node.
 */
class Members {
  final RoaringBitmap numbers = new RoaringBitmap();
  private int local;
  private List<ExportedSet<?>> sets = List.of();
  private List<PortUse> portUses = List.of();

  final boolean contains(Slot slot) {
    return numbers.contains(slot.number);
  }

  final int size() {
    return numbers.getCardinality();
  }

  final int localSize() {
    return local;
  }

  /** The endpoint becomes a member. */
  final void join(Slot slot) {
    numbers.add(slot.number);
    if (slot.local && local++ == 0) {
      localityChanged();
    }
    contribute(slot);
    markPorts(slot);
  }

  /** The endpoint, as it was when it joined, is a member no more. */
  final void leave(Slot slot) {
    withdraw(slot);
    markPorts(slot);
    numbers.remove(slot.number);
    if (slot.local && --local == 0) {
      localityChanged();
    }
  }

  /** What a member stands for is about to change. */
  final void withdraw(Slot slot) {
    for (ExportedSet<?> set : sets) {
      set.withdraw(slot);
    }
  }

  /** What a member stands for has changed. */
  final void contribute(Slot slot) {
    for (ExportedSet<?> set : sets) {
      set.contribute(slot);
    }
  }

  private void markPorts(Slot slot) {
    if (!slot.endpoint.ports().isEmpty()) {
      for (PortUse use : portUses) {
        use.mark();
      }
    }
  }

  /** The first local member came or the last one left. */
  void localityChanged() {}

  final void follow(ExportedSet<?> set) {
    if (sets.isEmpty()) {
      sets = new ArrayList<>(1);
    }
    sets.add(set);
  }

  final void unfollow(ExportedSet<?> set) {
    sets.remove(set);
    if (sets.isEmpty()) {
      sets = List.of();
    }
  }

  final void follow(PortUse use) {
    if (portUses.isEmpty()) {
      portUses = new ArrayList<>(1);
    }
    portUses.add(use);
  }

  final void unfollow(PortUse use) {
    portUses.remove(use);
    if (portUses.isEmpty()) {
      portUses = List.of();
    }
  }
}
