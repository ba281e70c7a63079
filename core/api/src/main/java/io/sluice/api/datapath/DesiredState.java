package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * What leads from here to a snapshot, for backends that are given one while they hold something:
   * {@link #apply} of it leaves what {@link #reset} would. Costs what both hold.
   */
  public Update difference(Snapshot next) {
    Set<EndpointId> endpointsNow =
        next.endpoints().stream().map(LocalEndpoint::id).collect(Collectors.toSet());
    Set<Long> rulesNow = next.rules().stream().map(Rule::id).collect(Collectors.toSet());
    return new Update(
        revision,
        next.revision(),
        next.endpoints().stream()
            .filter(endpoint -> !endpoint.equals(endpoints.get(endpoint.id())))
            .toList(),
        without(endpoints.keySet(), endpointsNow),
        deltas(subjectSets, next.subjectSets()),
        without(subjectSets.keySet(), next.subjectSets().keySet()),
        deltas(addressSets, next.addressSets()),
        without(addressSets.keySet(), next.addressSets().keySet()),
        next.rules().stream().filter(rule -> !rule.equals(rules.get(rule.id()))).toList(),
        without(rules.keySet(), rulesNow));
  }

  private static <T> Set<T> without(Set<T> all, Set<T> taken) {
    return all.stream().filter(one -> !taken.contains(one)).collect(Collectors.toSet());
  }

  private static <T> List<SetDelta<T>> deltas(
      Map<Integer, Set<T>> before, Map<Integer, Set<T>> after) {
    List<SetDelta<T>> deltas = new ArrayList<>();
    after.forEach(
        (set, members) -> {
          Set<T> held = before.getOrDefault(set, Set.of());
          if (!before.containsKey(set) || !held.equals(members)) {
            deltas.add(new SetDelta<>(set, without(members, held), without(held, members)));
          }
        });
    return deltas;
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
