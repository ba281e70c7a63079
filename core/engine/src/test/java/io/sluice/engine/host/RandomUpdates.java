package io.sluice.engine.host;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** A random walk of desired states, as updates that keep the contract of {@link Update}. */
final class RandomUpdates {
  private final Random random;
  private final boolean reuseSets;
  private final Map<EndpointId, LocalEndpoint> endpoints = new TreeMap<>();
  private final Map<Integer, Set<EndpointId>> subjectSets = new TreeMap<>();
  private final Map<Integer, Set<IpAddress>> addressSets = new TreeMap<>();
  private final Map<Long, Rule> rules = new TreeMap<>();
  private long revision = 1;
  private long lastRule;
  private int lastSet;

  /**
   * Begins empty at revision 1.
   *
   * @param reuseSets whether the number of a set that is gone may begin again
   */
  RandomUpdates(Random random, boolean reuseSets) {
    this.random = random;
    this.reuseSets = reuseSets;
  }

  Snapshot snapshot() {
    return new Snapshot(
        revision,
        List.copyOf(endpoints.values()),
        Map.copyOf(subjectSets),
        Map.copyOf(addressSets),
        List.copyOf(rules.values()));
  }

  Update next() {
    List<LocalEndpoint> put = new ArrayList<>();
    Set<EndpointId> gone = new HashSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      EndpointId id = endpoint(random.nextInt(6));
      if (gone.contains(id) || put.stream().anyMatch(one -> one.id().equals(id))) {
        continue;
      }
      if (endpoints.containsKey(id) && random.nextBoolean()) {
        endpoints.remove(id);
        gone.add(id);
      } else {
        LocalEndpoint endpoint = new LocalEndpoint(id, Set.of(address(random.nextInt(50))));
        endpoints.put(id, endpoint);
        put.add(endpoint);
      }
    }
    Set<Integer> subjectsGone = new HashSet<>();
    List<SetDelta<EndpointId>> subjects = walk(subjectSets, RandomUpdates::endpoint, subjectsGone);
    Set<Integer> addressesGone = new HashSet<>();
    List<SetDelta<IpAddress>> addresses = walk(addressSets, RandomUpdates::address, addressesGone);
    Set<Long> rulesGone = new HashSet<>();
    for (Long id : List.copyOf(rules.keySet())) {
      if (random.nextInt(4) == 0) {
        rules.remove(id);
        rulesGone.add(id);
      }
    }
    List<Rule> added = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Rule rule = rule(++lastRule);
      rules.put(rule.id(), rule);
      added.add(rule);
    }
    long base = revision++;
    return new Update(
        base,
        revision,
        put,
        gone,
        subjects,
        subjectsGone,
        addresses,
        addressesGone,
        added,
        rulesGone);
  }

  private <T> List<SetDelta<T>> walk(
      Map<Integer, Set<T>> sets, IntFunction<T> member, Set<Integer> gone) {
    Map<Integer, SetDelta<T>> deltas = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int number = random.nextInt(5) == 0 || sets.isEmpty() ? fresh() : any(sets.keySet());
      if (deltas.containsKey(number)) {
        continue;
      }
      Set<T> set = new HashSet<>(sets.getOrDefault(number, Set.of()));
      Set<T> added = new HashSet<>();
      Set<T> removed = new HashSet<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        T one = member.apply(random.nextInt(8));
        if (!added.contains(one) && !removed.contains(one)) {
          (set.contains(one) ? removed : added).add(one);
        }
      }
      set.removeAll(removed);
      set.addAll(added);
      sets.put(number, set);
      deltas.put(number, new SetDelta<>(number, added, removed));
    }
    if (!sets.isEmpty() && random.nextInt(4) == 0) {
      int number = any(sets.keySet());
      if (!deltas.containsKey(number)) {
        sets.remove(number);
        gone.add(number);
      }
    }
    return List.copyOf(deltas.values());
  }

  private int fresh() {
    return reuseSets ? random.nextInt(6) : ++lastSet;
  }

  private int any(Set<Integer> numbers) {
    return List.copyOf(numbers).get(random.nextInt(numbers.size()));
  }

  private static EndpointId endpoint(int number) {
    return new EndpointId("shop", "pod-" + number, "");
  }

  private static IpAddress address(int number) {
    return IpAddress.v4(0x0a000000 + number);
  }

  private static Rule rule(long id) {
    return new Rule(
        id,
        Tier.NAMESPACED,
        0,
        Direction.INGRESS,
        Action.ALLOW,
        new Subject.EveryEndpoint(),
        List.of(new PeerMatch.Any()),
        List.of(new PortMatch.Any()),
        new PolicyRef("NetworkPolicy", "shop", "p" + id),
        0);
  }
}
