package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints have an address. Several can, for a while, when an address is used again before
 * the end of its old pod was seen: the newest owns it, which means that selectors see the address
 * as that pod.
 */
final class AddressTable {
  private static final Slot[] NOBODY = {};

  /** The newest first; of two that began together, the one whose key comes last. */
  private static final Comparator<Slot> NEWEST_FIRST =
      Comparator.comparing((Slot slot) -> slot.endpoint.started())
          .thenComparing(slot -> slot.endpoint.key())
          .reversed();

  private final Map<IpAddress, Slot[]> holders = new HashMap<>();
  private int shared;

  void add(Slot slot) {
    for (IpAddress address : slot.endpoint.addresses()) {
      Slot[] before = holders.get(address);
      if (before == null) {
        holders.put(address, new Slot[] {slot});
        continue;
      }
      Slot[] after = new Slot[before.length + 1];
      int at = 0;
      while (at < before.length && NEWEST_FIRST.compare(before[at], slot) < 0) {
        at++;
      }
      System.arraycopy(before, 0, after, 0, at);
      after[at] = slot;
      System.arraycopy(before, at, after, at + 1, before.length - at);
      holders.put(address, after);
      if (before.length == 1) {
        shared++;
      }
    }
  }

  void remove(Slot slot) {
    for (IpAddress address : slot.endpoint.addresses()) {
      Slot[] before = holders.getOrDefault(address, NOBODY);
      if (before.length <= 1) {
        holders.remove(address);
        continue;
      }
      Slot[] after = new Slot[before.length - 1];
      int at = 0;
      for (Slot holder : before) {
        if (holder != slot) {
          after[at++] = holder;
        }
      }
      holders.put(address, after);
      if (after.length == 1) {
        shared--;
      }
    }
  }

  /** The endpoint that selectors see behind this address; null if it is no pod's. */
  @Nullable Slot owner(IpAddress address) {
    Slot[] all = holders.get(address);
    return all == null ? null : all[0];
  }

  /** Every endpoint that has this address, the owner first. */
  List<Slot> holders(IpAddress address) {
    return List.of(holders.getOrDefault(address, NOBODY));
  }

  /** The other endpoints that have one of these addresses. */
  Set<Slot> sharers(Slot slot, List<IpAddress> addresses) {
    Set<Slot> others = Set.of();
    for (IpAddress address : addresses) {
      for (Slot holder : holders.getOrDefault(address, NOBODY)) {
        if (holder != slot) {
          if (others.isEmpty()) {
            others = new LinkedHashSet<>();
          }
          others.add(holder);
        }
      }
    }
    return others;
  }

  /** How many addresses have more than one holder. */
  int shared() {
    return shared;
  }
}
