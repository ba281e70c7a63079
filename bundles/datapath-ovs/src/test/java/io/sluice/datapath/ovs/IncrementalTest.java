package io.sluice.datapath.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.PeerMatch;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Subject;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Cidr;
import io.sluice.api.net.IpAddress;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowKey;
import io.sluice.datapath.ovs.openflow.FlowMod;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random updates: what the changes make of the flows that were there is what a new compiler wants
 * for the same state. Conjunction ids and orders of owners are compared too, since they follow from
 * the rules.
 */
class IncrementalTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 12;
  private static final int SETS = 4;

  private final Map<EndpointId, Set<IpAddress>> endpoints = new HashMap<>();
  private final Map<Integer, Set<EndpointId>> subjects = new HashMap<>();
  private final Map<Integer, Set<IpAddress>> addresses = new HashMap<>();
  private final Map<Long, Rule> rules = new HashMap<>();
  private long nextRule = 1;

  @Test
  void incrementalEqualsRecomputed() throws Exception {
    String given = System.getProperty("sluice.seed", "");
    long first = given.matches("-?\\d+") ? Long.parseLong(given) : System.nanoTime();
    for (long seed = first; seed < first + SEEDS; seed++) {
      run(seed);
    }
  }

  private void run(long seed) throws Exception {
    endpoints.clear();
    subjects.clear();
    addresses.clear();
    rules.clear();
    nextRule = 1;
    Random random = new Random(seed);
    for (int set = 1; set <= SETS; set++) {
      subjects.put(set, new HashSet<>());
      addresses.put(set, new HashSet<>());
    }
    addresses.put(Snapshot.NODE_ADDRESSES, new HashSet<>(Scene.ips("10.0.0.1")));
    Compiler compiler = Compiler.of(CompilerTest.OPTIONS, snapshot(1), CompilerTest.PORTS);
    Map<FlowKey, Flow> held = CompilerTest.flows(compiler);
    for (long revision = 1; revision <= STEPS; revision++) {
      Update update = update(random, revision);
      try {
        compiler.apply(update);
      } catch (IllegalStateException e) {
        throw new AssertionError("-Dsluice.seed=" + seed + ": " + update, e);
      }
      change(held, compiler.book().takeChanges());
      assertSame("changes, -Dsluice.seed=" + seed, text(CompilerTest.flows(compiler)), text(held));
      Compiler anew = Compiler.of(CompilerTest.OPTIONS, snapshot(revision + 1), CompilerTest.PORTS);
      assertSame(
          "anew, -Dsluice.seed=" + seed, comparable(CompilerTest.flows(anew)), comparable(held));
    }
  }

  private static void change(Map<FlowKey, Flow> held, List<FlowMod> mods) {
    for (FlowMod mod : mods) {
      if (mod.command() == FlowMod.Command.DELETE_STRICT) {
        held.remove(mod.flow().key());
      } else {
        held.put(mod.flow().key(), mod.flow());
      }
    }
  }

  private static Map<String, String> text(Map<FlowKey, Flow> flows) {
    Map<String, String> texts = new HashMap<>();
    flows.forEach((key, flow) -> texts.put(key.toString(), flow.toString()));
    return texts;
  }

  private static void assertSame(
      String seed, Map<String, String> expected, Map<String, String> held) {
    Map<String, String> missing = new HashMap<>(expected);
    missing.entrySet().removeAll(held.entrySet());
    Map<String, String> surplus = new HashMap<>(held);
    surplus.entrySet().removeAll(expected.entrySet());
    assertEquals(missing, surplus, seed);
  }

  /** Which of two like-minded owners signs a flow, and an admin rule's priority, may differ. */
  private static Map<String, String> comparable(Map<FlowKey, Flow> flows) {
    Map<String, List<String>> texts = new HashMap<>();
    flows.forEach(
        (key, flow) -> {
          boolean ordered =
              key.table() == new Layout(0).tier(Direction.EGRESS, Tier.ADMIN)
                  || key.table() == new Layout(0).tier(Direction.INGRESS, Tier.ADMIN);
          String place = key.table() + " " + (ordered ? "" : key.priority()) + " " + key.match();
          texts.computeIfAbsent(place, text -> new ArrayList<>()).add(flow.actions().toString());
        });
    Map<String, String> sorted = new HashMap<>();
    texts.forEach(
        (place, actions) -> sorted.put(place, actions.stream().sorted().toList().toString()));
    return sorted;
  }

  private Snapshot snapshot(long revision) {
    List<LocalEndpoint> local = new ArrayList<>();
    endpoints.forEach((id, ips) -> local.add(new LocalEndpoint(id, ips)));
    return new Snapshot(
        revision, local, copy(subjects), copy(addresses), List.copyOf(rules.values()));
  }

  private static <T> Map<Integer, Set<T>> copy(Map<Integer, Set<T>> sets) {
    Map<Integer, Set<T>> copies = new HashMap<>();
    sets.forEach((set, members) -> copies.put(set, Set.copyOf(members)));
    return copies;
  }

  private Update update(Random random, long base) {
    List<LocalEndpoint> changed = new ArrayList<>();
    Set<EndpointId> gone = new HashSet<>();
    for (String name : List.of("a", "b", "c")) {
      EndpointId id = Scene.id(name);
      switch (random.nextInt(4)) {
        case 0 -> {
          Set<IpAddress> ips = some(random, 3);
          endpoints.put(id, ips);
          changed.add(new LocalEndpoint(id, ips));
        }
        case 1 -> {
          if (endpoints.remove(id) != null) {
            gone.add(id);
          }
        }
        default -> {}
      }
    }
    Set<Long> removed = new HashSet<>();
    for (long rule : List.copyOf(rules.keySet())) {
      if (random.nextInt(3) == 0) {
        rules.remove(rule);
        removed.add(rule);
      }
    }
    List<SetDelta<EndpointId>> subjectDeltas = new ArrayList<>();
    List<SetDelta<IpAddress>> addressDeltas = new ArrayList<>();
    for (int set = 1; set <= SETS; set++) {
      Set<EndpointId> members = new HashSet<>();
      for (EndpointId id : endpoints.keySet()) {
        if (random.nextBoolean()) {
          members.add(id);
        }
      }
      delta(subjects, set, members, subjectDeltas);
      if (random.nextBoolean()) {
        delta(addresses, set, some(random, 5), addressDeltas);
      }
    }
    if (random.nextInt(4) == 0) {
      delta(addresses, Snapshot.NODE_ADDRESSES, some(random, 2), addressDeltas);
    }
    List<Rule> added = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Rule rule = rule(random);
      rules.put(rule.id(), rule);
      added.add(rule);
    }
    return new Update(
        base,
        base + 1,
        changed,
        gone,
        subjectDeltas,
        Set.of(),
        addressDeltas,
        Set.of(),
        added,
        removed);
  }

  private static <T> void delta(
      Map<Integer, Set<T>> sets, int set, Set<T> now, List<SetDelta<T>> deltas) {
    Set<T> before = sets.getOrDefault(set, Set.of());
    Set<T> in = new HashSet<>(now);
    in.removeAll(before);
    Set<T> out = new HashSet<>(before);
    out.removeAll(now);
    sets.put(set, now);
    if (!in.isEmpty() || !out.isEmpty()) {
      deltas.add(new SetDelta<>(set, in, out));
    }
  }

  private static Set<IpAddress> some(Random random, int most) {
    Set<IpAddress> some = new HashSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      some.add(
          random.nextBoolean()
              ? IpAddress.v4(0x0a000000 | random.nextInt(6))
              : IpAddress.v6(0xfd00L << 48, random.nextInt(6)));
    }
    return some;
  }

  private static <E extends Enum<E>> E any(Random random, Class<E> type) {
    List<E> all = List.copyOf(EnumSet.allOf(type));
    return all.get(random.nextInt(all.size()));
  }

  private Rule rule(Random random) {
    long id = nextRule++;
    Direction direction = any(random, Direction.class);
    Subject subject =
        switch (random.nextInt(6)) {
          case 0 -> new Subject.EveryEndpoint();
          case 1 -> new Subject.UnknownPorts();
          default -> new Subject.Members(1 + random.nextInt(SETS));
        };
    PolicyRef policy = new PolicyRef("NetworkPolicy", "shop", "p" + id);
    if (random.nextInt(3) == 0) {
      return new Rule(
          id,
          Tier.NAMESPACED,
          0,
          direction,
          Action.ISOLATE,
          subject,
          List.of(new PeerMatch.Any()),
          Scene.ANY_SERVICE,
          policy,
          -1);
    }
    boolean admin = random.nextInt(3) == 0;
    List<PeerMatch> peers = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      peers.add(
          switch (random.nextInt(6)) {
            case 0 -> new PeerMatch.Any();
            case 1 -> new PeerMatch.Self();
            case 2 -> new PeerMatch.OwnNode();
            case 3 -> new PeerMatch.Block(Cidr.host(IpAddress.v4(0x0a000000 | random.nextInt(6))));
            default -> new PeerMatch.Addresses(1 + random.nextInt(SETS));
          });
    }
    List<PortMatch.Resolved> services = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      int port = random.nextInt(10);
      services.add(new PortMatch.Range(any(random, Protocol.class), port, port + 3));
    }
    return new Rule(
        id,
        admin ? Tier.ADMIN : Tier.NAMESPACED,
        admin ? (int) id : 0,
        direction,
        admin
            ? List.of(Action.ALLOW, Action.DENY, Action.PASS).get(random.nextInt(3))
            : Action.ALLOW,
        subject,
        peers,
        services.isEmpty() ? Scene.ANY_SERVICE : services,
        policy,
        0);
  }
}
