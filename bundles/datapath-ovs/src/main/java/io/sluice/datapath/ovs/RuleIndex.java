package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Subject;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which rules a set, or an endpoint, concerns. */
final class RuleIndex {
  /** Stands for the set of all local endpoints. */
  private static final int EVERYONE = -1;

  private final Map<Long, CompiledRule> rules = new HashMap<>();
  private final Map<Integer, Set<CompiledRule>> bySubjects = new HashMap<>();
  private final Map<Integer, Set<CompiledRule>> byAddresses = new HashMap<>();
  private final Map<EndpointId, Set<Integer>> memberships = new HashMap<>();

  Optional<CompiledRule> rule(long id) {
    return Optional.ofNullable(rules.get(id));
  }

  void add(CompiledRule rule) {
    rules.put(rule.rule().id(), rule);
    subjectSet(rule.rule()).ifPresent(set -> put(bySubjects, set, rule));
    if (rule.hasFlows()) {
      rule.addressSets().forEach(set -> put(byAddresses, set, rule));
    }
  }

  void remove(CompiledRule rule) {
    rules.remove(rule.rule().id());
    subjectSet(rule.rule()).ifPresent(set -> take(bySubjects, set, rule));
    rule.addressSets().forEach(set -> take(byAddresses, set, rule));
  }

  private static OptionalInt subjectSet(Rule rule) {
    return switch (rule.subject()) {
      case Subject.Members members -> OptionalInt.of(members.set());
      case Subject.EveryEndpoint everyone -> OptionalInt.of(EVERYONE);
      case Subject.UnknownPorts unknown -> OptionalInt.empty();
    };
  }

  private static <K> void put(Map<K, Set<CompiledRule>> map, K key, CompiledRule rule) {
    map.computeIfAbsent(key, unused -> new LinkedHashSet<>(2)).add(rule);
  }

  private static <K> void take(Map<K, Set<CompiledRule>> map, K key, CompiledRule rule) {
    Set<CompiledRule> left = map.get(key);
    if (left != null && left.remove(rule) && left.isEmpty()) {
      map.remove(key);
    }
  }

  /** Rules whose subjects are this set. */
  Collection<CompiledRule> withSubjects(int set) {
    return Collections.unmodifiableSet(bySubjects.getOrDefault(set, Set.of()));
  }

  /** Rules with this address set among their peers, each once. */
  Collection<CompiledRule> withAddresses(int set) {
    return Collections.unmodifiableSet(byAddresses.getOrDefault(set, Set.of()));
  }

  /**
   * Rules whose subject an endpoint is.
   *
   * @param known whether it is a local endpoint, and not only a member of sets so far
   */
  Collection<CompiledRule> about(EndpointId endpoint, boolean known) {
    Set<CompiledRule> about = new LinkedHashSet<>();
    if (known) {
      about.addAll(withSubjects(EVERYONE));
    }
    for (int set : memberships.getOrDefault(endpoint, Set.of())) {
      about.addAll(withSubjects(set));
    }
    return about;
  }

  void join(EndpointId endpoint, int set) {
    memberships.computeIfAbsent(endpoint, unused -> new HashSet<>(2)).add(set);
  }

  void leave(EndpointId endpoint, int set) {
    Set<Integer> left = memberships.get(endpoint);
    if (left != null && left.remove(set) && left.isEmpty()) {
      memberships.remove(endpoint);
    }
  }
}
