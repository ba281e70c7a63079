package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.ANYONE;
import static io.sluice.engine.core.TestPolicy.block;
import static io.sluice.engine.core.TestPolicy.clusterPolicy;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Rule;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Peer;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.Tier;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tiers around NetworkPolicy. */
class TierTest {
  private static final List<Peer> ANY = List.of(ANYONE);

  private final TestCluster cluster =
      TestCluster.onNode().namespace("a").with(pod("a/p", "10.0.0.1"));

  private String ingress(int port) {
    return cluster.ask("192.0.2.1", "a/p", port + "/TCP").replace("none -> ", "");
  }

  @Test
  void theFirstMatchInTheAdminTierDecides() {
    cluster
        .with(policy("a/np").isolates(Direction.INGRESS))
        .with(
            clusterPolicy(Tier.ADMIN, 5, "late").rule(Direction.INGRESS, Action.DENY, ANY, tcp(1)),
            clusterPolicy(Tier.ADMIN, 3, "early")
                .rule(Direction.INGRESS, Action.ALLOW, ANY, tcp(1))
                .rule(Direction.INGRESS, Action.DENY, ANY, tcp(1), tcp(2)));

    assertEquals("ClusterNetworkPolicy/early", ingress(1));
    assertEquals("deny ClusterNetworkPolicy/early", ingress(2));
    assertEquals("deny NetworkPolicy/a/np", ingress(3));
  }

  @Test
  void passSkipsTheRestOfTheTier() {
    cluster
        .with(
            clusterPolicy(Tier.ADMIN, 1, "pass").rule(Direction.INGRESS, Action.PASS, ANY),
            clusterPolicy(Tier.ADMIN, 2, "deny").rule(Direction.INGRESS, Action.DENY, ANY))
        .with(policy("a/np").from(block("192.0.2.0/24"), tcp(80)));

    assertEquals("NetworkPolicy/a/np", ingress(80));
    assertEquals("deny NetworkPolicy/a/np", ingress(81));
  }

  @Test
  void theBaselineIsForPodsThatNothingIsolates() {
    cluster.with(
        clusterPolicy(Tier.BASELINE, 0, "base")
            .rule(Direction.INGRESS, Action.PASS, ANY, tcp(1))
            .rule(Direction.INGRESS, Action.DENY, ANY, tcp(1), tcp(2)));
    assertEquals("default", ingress(1));
    assertEquals("deny ClusterNetworkPolicy/base", ingress(2));
    assertEquals("default", ingress(3));

    cluster.with(policy("a/np").from(ANYONE));
    assertEquals("NetworkPolicy/a/np", ingress(2));
  }

  @Test
  void equalPrioritiesGoByNameAndAreExportedInOrder() {
    cluster.with(
        clusterPolicy(Tier.ADMIN, 7, "m").rule(Direction.INGRESS, Action.DENY, ANY, tcp(1)),
        clusterPolicy(Tier.ADMIN, 9, "a").rule(Direction.INGRESS, Action.DENY, ANY, tcp(1)));
    cluster.commit();
    assertEquals(List.of("m", "a"), inOrder());

    cluster.with(
        clusterPolicy(Tier.ADMIN, 7, "b").rule(Direction.INGRESS, Action.ALLOW, ANY, tcp(1)));
    cluster.commit();
    assertEquals(List.of("b", "m", "a"), inOrder());
    assertEquals("ClusterNetworkPolicy/b", ingress(1));

    cluster.engine.remove(new PolicyRef("ClusterNetworkPolicy", "", "b"));
    cluster.commit();
    assertEquals(List.of("m", "a"), inOrder());
    assertEquals("deny ClusterNetworkPolicy/m", ingress(1));
  }

  private List<String> inOrder() {
    List<Rule> rules =
        cluster.engine.rules().stream().filter(rule -> rule.tier() == Tier.ADMIN).toList();
    assertEquals(rules.size(), rules.stream().mapToInt(Rule::order).distinct().count());
    return rules.stream()
        .sorted(Comparator.comparingInt(Rule::order))
        .map(rule -> rule.policy().name())
        .toList();
  }

  @Test
  void whatContradictsItselfIsRefusedAndChangesNothing() {
    List<TestPolicy> wrong =
        List.of(
            policy("a/np").rule(Direction.INGRESS, Action.DENY, ANY),
            policy("a/np").rule(Direction.INGRESS, Action.ISOLATE, ANY),
            clusterPolicy(Tier.ADMIN, 1, "x").isolates(Direction.INGRESS),
            clusterPolicy(Tier.ADMIN, 1001, "x"),
            clusterPolicy(Tier.SYSTEM, 0, "x"));
    for (TestPolicy policy : wrong) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> cluster.with(policy))
              .toString()
              .contains(policy.translated().policy() + ": "));
    }
    assertEquals(0L, cluster.engine.sizes().get("policies"));
  }
}
