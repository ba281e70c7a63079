package io.sluice.engine.host;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Updates that wait for a datapath, merged into one that leads from the first one's base to the
 * last one's revision.
 *
 * <p>The merged update may name endpoints and sets as gone that its base never had: those that came
 * and went meanwhile. Rules that came and went are not in it, because their ids are never used
 * again.
 */
final class UpdateMerger {
  private final Map<EndpointId, LocalEndpoint> endpoints = new LinkedHashMap<>();
  private final Set<EndpointId> endpointsGone = new HashSet<>();
  private final SetChanges<EndpointId> subjectSets = new SetChanges<>();
  private final SetChanges<IpAddress> addressSets = new SetChanges<>();
  private final Map<Long, Rule> rules = new LinkedHashMap<>();
  private final Set<Long> rulesGone = new HashSet<>();
  private long base;
  private long revision;
  private int merged;

  /**
   * Adds the next update.
   *
   * @return false if the updates can't be one, also because this one does not follow the last; the
   *     merger is empty then, and only a snapshot helps
   */
  boolean add(Update update) {
    if (merged > 0 && update.base() != revision) {
      clear();
      return false;
    }
    if (!subjectSets.add(update.subjectSets(), update.subjectSetsRemoved())
        || !addressSets.add(update.addressSets(), update.addressSetsRemoved())) {
      clear();
      return false;
    }
    for (EndpointId gone : update.endpointsRemoved()) {
      endpoints.remove(gone);
      endpointsGone.add(gone);
    }
    for (LocalEndpoint endpoint : update.endpoints()) {
      endpointsGone.remove(endpoint.id());
      endpoints.put(endpoint.id(), endpoint);
    }
    for (Long gone : update.rulesRemoved()) {
      if (rules.remove(gone) == null) {
        rulesGone.add(gone);
      }
    }
    update.rulesAdded().forEach(rule -> rules.put(rule.id(), rule));
    if (merged == 0) {
      base = update.base();
    }
    revision = update.revision();
    merged++;
    return true;
  }

  boolean isEmpty() {
    return merged == 0;
  }

  /** How many updates are in it. */
  int merged() {
    return merged;
  }

  /** Takes the merged update out. */
  Update take() {
    Update update =
        new Update(
            base,
            revision,
            List.copyOf(endpoints.values()),
            endpointsGone,
            subjectSets.deltas(),
            subjectSets.gone(),
            addressSets.deltas(),
            addressSets.gone(),
            List.copyOf(rules.values()),
            rulesGone);
    clear();
    return update;
  }

  void clear() {
    endpoints.clear();
    endpointsGone.clear();
    subjectSets.clear();
    addressSets.clear();
    rules.clear();
    rulesGone.clear();
    merged = 0;
  }
}
