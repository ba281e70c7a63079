package io.sluice.engine.core;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The uses of named ports that exported rules follow. */
final class PortUses {
  private final Map<PortUse.Key, PortUse> uses = new HashMap<>();
  private final Index index;
  private final Pending pending;

  PortUses(Index index, Pending pending) {
    this.index = index;
    this.pending = pending;
  }

  /** The use of this key; a new one has been looked up. */
  PortUse get(PortUse.Key key) {
    PortUse use = uses.get(key);
    if (use == null) {
      use = new PortUse(key, pending);
      uses.put(key, use);
      key.members().follow(use);
      use.refresh(index.local);
    }
    return use;
  }

  /** Looks again at those that may have changed. */
  void refresh() {
    for (PortUse use : pending.takePortUses()) {
      use.refresh(index.local);
    }
  }

  /** An export follows other uses now. */
  void replace(PolicyExport export, List<PortUse> before, Collection<PortUse> after) {
    after.forEach(use -> use.add(export));
    for (PortUse use : before) {
      use.remove(export);
      if (use.isUnused()) {
        uses.remove(use.key);
        use.key.members().unfollow(use);
      }
    }
  }
}
