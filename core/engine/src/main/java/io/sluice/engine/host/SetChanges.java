package io.sluice.engine.host;

import io.sluice.api.datapath.SetDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deltas of numbered sets, one after the other, as one delta each.
 *
 * @param <T> what is in the sets
 */
final class SetChanges<T> {
  private record Net<T>(Set<T> added, Set<T> removed) {}

  private final Map<Integer, Net<T>> changed = new HashMap<>();
  private final Set<Integer> gone = new HashSet<>();

  /**
   * Adds the next step.
   *
   * @return false if no delta can say it: a number that was given up begins again, and what the set
   *     held before is not known here
   */
  boolean add(List<SetDelta<T>> deltas, Set<Integer> removed) {
    for (SetDelta<T> delta : deltas) {
      if (gone.contains(delta.set())) {
        return false;
      }
      Net<T> net =
          changed.computeIfAbsent(delta.set(), set -> new Net<>(new HashSet<>(), new HashSet<>()));
      delta.removed().forEach(member -> cancelOr(net.added, net.removed, member));
      delta.added().forEach(member -> cancelOr(net.removed, net.added, member));
    }
    changed.keySet().removeAll(removed);
    gone.addAll(removed);
    return true;
  }

  /** What came and went, or went and came, did not happen. */
  private static <T> void cancelOr(Set<T> opposite, Set<T> same, T member) {
    if (!opposite.remove(member)) {
      same.add(member);
    }
  }

  List<SetDelta<T>> deltas() {
    List<SetDelta<T>> deltas = new ArrayList<>(changed.size());
    changed.forEach((set, net) -> deltas.add(new SetDelta<>(set, net.added, net.removed)));
    return deltas;
  }

  Set<Integer> gone() {
    return gone;
  }

  void clear() {
    changed.clear();
    gone.clear();
  }
}
