package io.sluice.engine.host;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import java.util.Collection;
import java.util.Set;

/**
 * A datapath that is gone and whose rules stay.
 *
 * @param name its name
 * @param covered what it covered when last heard
 * @param known about whom that is known
 * @param since when it went, by the loop's ticker
 * @param waited whether it was waited for long enough
 */
record Frozen(
    String name, Set<EndpointId> covered, Set<EndpointId> known, long since, boolean waited) {
  /** One of an earlier life, of which nothing but the name is known. */
  static Frozen remembered(String name, long now) {
    return new Frozen(name, Set.of(), Set.of(), now, false);
  }

  /** One that goes now. */
  static Frozen of(DatapathSlot slot, Collection<LocalEndpoint> endpoints, long now) {
    return new Frozen(
        slot.name(), Coverages.lastKnown(slot, endpoints), Coverages.ids(endpoints), now, false);
  }

  Frozen waitedFor() {
    return new Frozen(name, covered, known, since, true);
  }

  /** Which of these it must be taken to cover. */
  Set<EndpointId> covered(Collection<LocalEndpoint> endpoints) {
    Set<EndpointId> taken = Coverages.ids(endpoints);
    taken.removeIf(id -> known.contains(id) && !covered.contains(id));
    return taken;
  }
}
