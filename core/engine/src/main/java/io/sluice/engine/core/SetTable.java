package io.sluice.engine.core;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/** The exported sets, by what they hold. */
final class SetTable {
  private final Map<SetKey, ExportedSet<EndpointId>> subjects = new HashMap<>();
  private final Map<SetKey, ExportedSet<IpAddress>> peers = new HashMap<>();
  private final Index index;
  private final Pending pending;

  /** Number 0 is the node's own addresses. */
  private int lastNumber;

  SetTable(Index index, Pending pending) {
    this.index = index;
    this.pending = pending;
  }

  /** The set of the local endpoints of this key. */
  ExportedSet<EndpointId> subjects(SetKey key) {
    ExportedSet<EndpointId> set = subjects.get(key);
    if (set == null) {
      set = new SubjectSet(key, ++lastNumber, pending);
      subjects.put(key, set);
      fill(set, RoaringBitmap.and(key.members().numbers, index.local));
    }
    return set;
  }

  /** The set of the addresses of this key. */
  ExportedSet<IpAddress> addresses(SetKey key) {
    ExportedSet<IpAddress> set = peers.get(key);
    if (set == null) {
      set = new AddressSet(key, ++lastNumber, pending, index.addresses);
      peers.put(key, set);
      fill(set, key.members().numbers);
    }
    return set;
  }

  private void fill(ExportedSet<?> set, RoaringBitmap numbers) {
    numbers.forEach((int number) -> set.contribute(index.slot(number)));
    set.key.members().follow(set);
  }

  /** Adds what changed of the sets to an update, and forgets those that nobody uses. */
  void collect(UpdateBuilder update) {
    for (ExportedSet<?> set : pending.takeSets()) {
      switch (set) {
        case SubjectSet subject -> {
          if (subject.users > 0) {
            tell(subject, update.subjectSets);
          } else {
            drop(subject, subjects, update.subjectSetsRemoved);
          }
        }
        case AddressSet address -> {
          if (address.users > 0) {
            tell(address, update.addressSets);
          } else {
            drop(address, peers, update.addressSetsRemoved);
          }
        }
        default -> throw new IllegalStateException("no such set: " + set);
      }
    }
  }

  private static <T> void tell(ExportedSet<T> set, List<SetDelta<T>> deltas) {
    if (set.changed()) {
      deltas.add(set.takeDelta());
    } else {
      set.settle();
    }
  }

  private static <T> void drop(
      ExportedSet<T> set, Map<SetKey, ExportedSet<T>> table, Set<Integer> removed) {
    table.remove(set.key);
    set.key.members().unfollow(set);
    if (!set.isNew()) {
      removed.add(set.number);
    }
    set.settle();
  }

  /** One user less. */
  void release(ExportedSet<?> set) {
    if (--set.users == 0) {
      set.mark();
    }
  }

  Map<Integer, Set<EndpointId>> subjectSets() {
    return contents(subjects.values());
  }

  Map<Integer, Set<IpAddress>> addressSets() {
    return contents(peers.values());
  }

  private <T> Map<Integer, Set<T>> contents(Collection<ExportedSet<T>> sets) {
    Map<Integer, Set<T>> contents = HashMap.newHashMap(sets.size());
    for (ExportedSet<T> set : sets) {
      Set<T> content = new HashSet<>();
      set.key
          .members()
          .numbers
          .forEach(
              (int number) -> {
                Slot slot = index.slot(number);
                if (set.key.selects(slot)) {
                  set.each(slot, content::add);
                }
              });
      contents.put(set.number, Set.copyOf(content));
    }
    return contents;
  }

  int size() {
    return subjects.size() + peers.size();
  }
}
