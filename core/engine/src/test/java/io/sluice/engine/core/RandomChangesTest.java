package io.sluice.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.net.Cidr;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Node;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import io.sluice.kit.cluster.Cluster;
import io.sluice.kit.cluster.Dice;
import io.sluice.kit.cluster.RandomChanges;
import io.sluice.kit.cluster.RandomCluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random changes: after each, what the datapath was told in steps is what an engine that sees the
 * present only would tell it at once. Whether it is right is the differential test's question.
 */
class RandomChangesTest {
  private static final List<String> NAMESPACES = List.of("default", "shop", "shop-a", "bank");
  private static final List<String> KEYS = List.of("app", "tier", "team", "env");
  private static final List<String> VALUES = List.of("web", "db", "", "red", "blue");

  private final Map<PolicyRef, TestPolicy> policies = new HashMap<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stepByStepIsAtOnce(boolean onOneNode) {
    long seed = Long.getLong("sluice.seed", 20261L);
    System.out.println("-Dsluice.seed=" + seed);
    for (int run = 0; run < 25; run++) {
      policies.clear();
      Random random = new Random(seed + run);
      Cluster cluster = RandomCluster.of(seed + run);
      RandomChanges changes = new RandomChanges(new Dice(seed + run), cluster);
      TestCluster stepped = fresh(onOneNode);
      cluster.resources().values().forEach(resource -> apply(stepped, new Change.Upsert(resource)));
      for (int step = 0; step < 20; step++) {
        editPolicies(stepped, random);
        stepped.commit();
        TestCluster atOnce = fresh(onOneNode);
        policies.values().forEach(atOnce::with);
        cluster
            .resources()
            .values()
            .forEach(resource -> apply(atOnce, new Change.Upsert(resource)));
        atOnce.commit();
        assertEquals(atOnce.exported(), stepped.exported(), "seed " + (seed + run));
        assertEquals(atOnce.state().endpoints(), stepped.state().endpoints());
        assertEquals(atOnce.state().addresses(0), stepped.state().addresses(0));
        changes.next().forEach(change -> apply(stepped, change));
        cluster = changes.cluster();
      }
    }
  }

  private static TestCluster fresh(boolean onOneNode) {
    return onOneNode ? TestCluster.onNode("node-a") : TestCluster.everywhere();
  }

  private static void apply(TestCluster cluster, Change change) {
    switch (change) {
      case Change.Upsert(Namespace namespace) -> cluster.engine.upsert(namespace);
      case Change.Upsert(Endpoint endpoint) -> cluster.engine.upsert(endpoint);
      case Change.Upsert(Node node) -> cluster.engine.upsert(node);
      case Change.Upsert other -> {}
      case Change.Delete(var key) -> {
        if (!key.kind().equals(ResourceKind.NETWORK_POLICY)) {
          cluster.engine.remove(key);
        }
      }
    }
  }

  private void editPolicies(TestCluster cluster, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      String namespace = pick(random, NAMESPACES);
      PolicyRef ref = new PolicyRef("NetworkPolicy", namespace, "p" + random.nextInt(3));
      if (random.nextInt(4) == 0) {
        policies.remove(ref);
        cluster.engine.remove(ref);
      } else {
        TestPolicy policy = policy(ref, random);
        policies.put(ref, policy);
        cluster.with(policy);
      }
    }
  }

  private static TestPolicy policy(PolicyRef ref, Random random) {
    TestPolicy policy = TestPolicy.policy(ref.namespace() + "/" + ref.name(), selector(random));
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<PortMatch> ports = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        ports.add(port(random));
      }
      PortMatch[] all = ports.toArray(PortMatch[]::new);
      if (random.nextBoolean()) {
        policy.from(peer(random, ref), all);
      } else {
        policy.to(peer(random, ref), all);
      }
    }
    return random.nextBoolean() ? policy.isolates(Direction.EGRESS) : policy;
  }

  private static PortMatch port(Random random) {
    Protocol protocol = random.nextInt(3) == 0 ? Protocol.UDP : Protocol.TCP;
    return switch (random.nextInt(3)) {
      case 0 -> new PortMatch.Any();
      case 1 -> new PortMatch.Range(protocol, 80, 80 + random.nextInt(2));
      default -> new PortMatch.Named(protocol, pick(random, List.of("http", "dns", "m-1")));
    };
  }

  private static Peer peer(Random random, PolicyRef ref) {
    return switch (random.nextInt(4)) {
      case 0 -> new Peer.Any();
      case 1 ->
          new Peer.Block(
              Cidr.parse(random.nextBoolean() ? "10.1.0.0/24" : "fd00:1::/64"),
              List.of(Cidr.parse("10.1.0.4/30"), Cidr.parse("fd00:1::4/127")));
      case 2 -> TestPolicy.podsWhere(selector(random), selector(random));
      default -> TestPolicy.pods(ref.namespace(), selector(random));
    };
  }

  private static LabelSelector selector(Random random) {
    List<Requirement> requirements = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String key = pick(random, KEYS);
      requirements.add(
          switch (random.nextInt(4)) {
            case 0 -> Requirement.in(key, List.of(pick(random, VALUES), pick(random, VALUES)));
            case 1 -> Requirement.notIn(key, List.of(pick(random, VALUES)));
            case 2 -> Requirement.exists(key);
            default -> Requirement.doesNotExist(key);
          });
    }
    return new LabelSelector(requirements);
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
