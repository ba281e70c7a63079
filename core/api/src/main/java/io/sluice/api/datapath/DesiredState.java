package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A snapshot that updates are folded into, for backends that need the whole: to answer questions,
 * or to compare with what a switch holds. Not thread-safe; a backend confines it to its thread.
 */
public final class DesiredState {
  private final Map<EndpointId, LocalEndpoint> endpoints = new HashMap<>();
  private final Map<Integer, Set<EndpointId>> subjectSets = new HashMap<>();
  private final Map<Integer, Set<IpAddress>> addressSets = new HashMap<>();
  private final Map<Long, Rule> rules = new LinkedHashMap<>();
  private long revision;

  /** Begins again from a snapshot. */
  public void reset(Snapshot snapshot) {
    endpoints.clear();
    subjectSets.clear();
    addressSets.clear();
    rules.clear();
    snapshot.endpoints().forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
    snapshot.subjectSets().forEach((set, ids) -> subjectSets.put(set, new HashSet<>(ids)));
    snapshot.addressSets().forEach((set, ips) -> addressSets.put(set, new HashSet<>(ips)));
    snapshot.rules().forEach(rule -> rules.put(rule.id(), rule));
    revision = snapshot.revision();
  }

  /**
   * Goes on to the next revision.
   *
   * @throws StaleRevisionException if the update starts from another revision than this; nothing
   *     has changed then
   */
  public void apply(Update update) throws StaleRevisionException {
    if (update.base() != revision) {
      throw new StaleRevisionException(update.base(), revision);
    }
    update.endpointsRemoved().forEach(endpoints::remove);
    update.endpoints().forEach(endpoint -> endpoints.put(endpoint.id(), endpoint));
    update.subjectSets().forEach(delta -> fold(subjectSets, delta));
    update.subjectSetsRemoved().forEach(subjectSets::remove);
    update.addressSets().forEach(delta -> fold(addressSets, delta));
    update.addressSetsRemoved().forEach(addressSets::remove);
    update.rulesRemoved().forEach(rules::remove);
    update.rulesAdded().forEach(rule -> rules.put(rule.id(), rule));
    revision = update.revision();
  }

  private static <T> void fold(Map<Integer, Set<T>> sets, SetDelta<T> delta) {
    Set<T> set = sets.computeIfAbsent(delta.set(), number -> new HashSet<>());
    set.removeAll(delta.removed());
    set.addAll(delta.added());
  }

  /** The revision held, 0 if there is none yet. */
  public long revision() {
    return revision;
  }

  /** The local endpoints by id; a view. */
  public Map<EndpointId, LocalEndpoint> endpoints() {
    return Collections.unmodifiableMap(endpoints);
  }

  /** The members of a subject set; a view; empty if there is no such set. */
  public Set<EndpointId> subjects(int set) {
    return Collections.unmodifiableSet(subjectSets.getOrDefault(set, Set.of()));
  }

  /** The members of an address set; a view; empty if there is no such set. */
  public Set<IpAddress> addresses(int set) {
    return Collections.unmodifiableSet(addressSets.getOrDefault(set, Set.of()));
  }

  /** The rules by id; a view. */
  public Map<Long, Rule> rules() {
    return Collections.unmodifiableMap(rules);
  }

  /** A copy of all of it. */
  public Snapshot snapshot() {
    return new Snapshot(
        revision,
        List.copyOf(endpoints.values()),
        copy(subjectSets),
        copy(addressSets),
        List.copyOf(rules.values()));
  }

  private static <T> Map<Integer, Set<T>> copy(Map<Integer, ? extends Collection<T>> sets) {
    Map<Integer, Set<T>> copies = new HashMap<>();
    sets.forEach((number, members) -> copies.put(number, Set.copyOf(members)));
    return copies;
  }
}
