package io.sluice.datapath.ovs;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The flow priorities of one tier: a rule's order, lower first, becomes a pair of priorities,
 * higher first. Gaps are left for orders that come later.
 *
 * <p>Each order has two: flows that decide alone take the upper one, conjunctions the lower. They
 * could not share a match otherwise, and which of them a packet meets is the same, since rules of
 * one order do not contradict each other.
 */
final class Priorities {
  /** There is no gap left: all orders have to be placed anew. */
  static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;

    private Exhausted() {
      super("no flow priority is left between two rules");
    }
  }

  private static final int STEP = 64;
  private static final int LOWEST = 1;
  private static final int HIGHEST = 32_000;

  private final TreeMap<Integer, Integer> places = new TreeMap<>();

  /** Places orders that are known together, evenly. */
  void place(Collection<Integer> orders) throws Exhausted {
    places.clear();
    TreeSet<Integer> sorted = new TreeSet<>(orders);
    if (sorted.size() >= HIGHEST - LOWEST) {
      throw new Exhausted();
    }
    int above = sorted.size();
    for (int order : sorted) {
      places.put(order, LOWEST + (HIGHEST - LOWEST) * above / (sorted.size() + 1));
      above--;
    }
  }

  private int place(int order) throws Exhausted {
    Integer known = places.get(order);
    if (known != null) {
      return known;
    }
    Map.Entry<Integer, Integer> before = places.lowerEntry(order);
    Map.Entry<Integer, Integer> after = places.higherEntry(order);
    int high = before == null ? HIGHEST : before.getValue();
    int low = after == null ? LOWEST : after.getValue();
    if (high - low < 2) {
      throw new Exhausted();
    }
    int half = (high - low) / 2;
    // At an end more will follow on the same side: not half of what is left is spent on one.
    int place =
        before != null && after == null
            ? high - Math.min(STEP, half)
            : before == null && after != null ? low + Math.min(STEP, half) : low + half;
    places.put(order, place);
    return place;
  }

  /** For clauses and conjunctions. */
  int shared(int order) throws Exhausted {
    return 2 * place(order);
  }

  /** For flows that decide alone. */
  int direct(int order) throws Exhausted {
    return 2 * place(order) + 1;
  }
}
