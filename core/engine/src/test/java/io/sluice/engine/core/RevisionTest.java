package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.ANYONE;
import static io.sluice.engine.core.TestPolicy.named;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What reaches the datapath, and what does not. */
class RevisionTest {
  private final TestCluster cluster = TestCluster.onNode().namespace("a");

  @Test
  void theFirstRevisionHoldsTheSystemTier() {
    Update first = TestCluster.onNode().commit().orElseThrow();

    assertEquals(0, first.base());
    assertEquals(1, first.revision());
    assertTrue(first.rulesAdded().stream().allMatch(rule -> rule.tier() == Tier.SYSTEM));
    assertEquals(
        Set.of("System/own-node", "System/self", "System/unknown-ports"),
        new HashSet<>(first.rulesAdded().stream().map(rule -> rule.policy().toString()).toList()));
    assertEquals(Snapshot.NODE_ADDRESSES, first.addressSets().getFirst().set());
  }

  @Test
  void whatIsFarAwayIsNoBusinessOfThisNode() {
    cluster.commit();
    cluster
        .with(pod("b/far", "10.0.1.1").on("far"), pod("a/pending").on(""))
        .with(policy("b/p").from(pods("a")));

    assertEquals(Optional.empty(), cluster.commit());
    assertEquals(1, cluster.engine.revision());
  }

  @Test
  void aRuleIsActiveWhileASubjectIsLocal() {
    TestPod pod = pod("a/p", "10.0.0.1");
    cluster.with(policy("a/p").from(pods("b"))).with(pod("b/q", "10.0.1.1").on("far"));
    cluster.with(pod.on("")).commit();
    assertEquals(Set.of(), cluster.exported());

    Update here = cluster.with(pod).commit().orElseThrow();
    assertEquals(2, here.rulesAdded().size());
    assertEquals(1, here.endpoints().size());
    Set<Long> ids = new HashSet<>(here.rulesAdded().stream().map(Rule::id).toList());

    Update gone = cluster.without(pod).commit().orElseThrow();
    assertEquals(ids, gone.rulesRemoved());
    assertEquals(1, gone.endpointsRemoved().size());
    assertEquals(1, gone.addressSetsRemoved().size());

    Update again = cluster.with(pod).commit().orElseThrow();
    assertTrue(again.rulesAdded().stream().noneMatch(rule -> ids.contains(rule.id())));
    assertEquals(2, cluster.exported().size());
  }

  @Test
  void subjectSetsHoldLocalEndpointsAndAddressSetsAll() {
    cluster
        .with(pod("a/p", "10.0.0.1"), pod("a/q", "10.0.0.2").on("far"))
        .with(policy("a/p").from(pods("a")))
        .commit();

    assertEquals(
        Set.of("p ingress ISOLATE [a/p]", "p ingress ALLOW [a/p] [[10.0.0.1, 10.0.0.2]][Any[]]"),
        cluster.exported());
  }

  @Test
  void manyEventsAreOneRevisionAndBackAgainIsNone() {
    TestPod pod = pod("a/p", "10.0.0.1");
    cluster.with(pod).with(policy("a/p").from(pods("a"))).commit();
    long revision = cluster.engine.revision();

    cluster.without(pod).with(pod.addresses("10.0.0.9")).with(pod);
    assertEquals(Optional.empty(), cluster.commit());

    cluster.with(pod("a/q", "10.0.0.2"), pod("a/r", "10.0.0.3")).without(pod).commit();
    assertEquals(revision + 1, cluster.engine.revision());
  }

  @Test
  void aPolicyThatComesAndGoesBetweenCommitsLeavesNothing() {
    cluster.with(pod("a/p", "10.0.0.1")).commit();

    cluster.with(policy("a/p").from(pods("b", "x", "y"), tcp(80))).withoutPolicy("a", "p");

    assertEquals(Optional.empty(), cluster.commit());
    assertEquals(1L, cluster.engine.sizes().get("sets"));
  }

  @Test
  void aPolicyRemovedAndMadeAgainIsExportedOnce() {
    cluster.with(pod("a/p", "10.0.0.1")).with(policy("a/p").from(pods("a"))).commit();
    Set<String> before = cluster.exported();

    cluster.withoutPolicy("a", "p").with(policy("a/p").from(pods("a"))).commit();

    assertEquals(before, cluster.exported());
    assertEquals(2, cluster.rules("p").size());
  }

  @Test
  void rulesWithEqualSelectorsShareTheirSets() {
    cluster
        .with(pod("a/p", "10.0.0.1"))
        .with(policy("a/one").from(pods("a")), policy("a/two").from(pods("a")))
        .commit();

    Snapshot snapshot = cluster.engine.snapshot();
    assertEquals(1, snapshot.subjectSets().size());
    assertEquals(Set.of(0), difference(snapshot.addressSets().keySet(), 1));
  }

  private static Set<Integer> difference(Set<Integer> sets, int others) {
    Set<Integer> left = new HashSet<>(sets);
    left.removeIf(set -> set != Snapshot.NODE_ADDRESSES);
    assertEquals(others, sets.size() - left.size());
    return left;
  }

  @Test
  void aRuleWrittenTwiceIsExportedOnce() {
    cluster
        .with(pod("a/p", "10.0.0.1"))
        .with(policy("a/p").from(ANYONE, tcp(80), tcp(80)).isolates(Direction.EGRESS))
        .commit();
    assertEquals(3, cluster.rules("p").size());

    cluster.with(policy("a/p").isolates(Direction.EGRESS)).commit();
    assertEquals(1, cluster.rules("p").size());
  }

  @Test
  void onlySetsThatRulesReferToAreExported() {
    cluster
        .with(pod("a/p", "10.0.0.1"))
        .with(policy("a/named").from(pods("a"), named("http")))
        .with(
            policy("a/anyone")
                .rule(Direction.INGRESS, Action.ALLOW, List.of(pods("a"), ANYONE), tcp(80)))
        .commit();

    Snapshot snapshot = cluster.engine.snapshot();
    assertEquals(Set.of(Snapshot.NODE_ADDRESSES), snapshot.addressSets().keySet());
    assertEquals(1, snapshot.subjectSets().size());

    cluster.with(pod("a/p", "10.0.0.1").port(Protocol.TCP, "http", 80)).commit();
    assertEquals(2, cluster.engine.snapshot().addressSets().size());
    assertEquals(2, cluster.engine.snapshot().subjectSets().size());

    cluster.with(pod("a/p", "10.0.0.1")).commit();
    assertEquals(1, cluster.engine.snapshot().addressSets().size());
    assertEquals(1, cluster.engine.snapshot().subjectSets().size());
  }

  @Test
  void aSnapshotNeedsACommit() {
    TestCluster fresh = TestCluster.onNode();
    assertThrows(IllegalStateException.class, fresh.engine::snapshot);
    fresh.commit();
    fresh.with(pod("a/p", "10.0.0.1"));
    assertThrows(IllegalStateException.class, fresh.engine::snapshot);
  }

  @Test
  void nothingIsLeftWhenEverythingIsGone() {
    cluster
        .with(pod("a/p", "10.0.0.1").labels("k", "v"))
        .with(policy("a/p", "k", "v").from(pods("b", "x", "y"), tcp(80)))
        .commit();

    cluster.without(pod("a/p")).withoutPolicy("a", "p").withoutNamespace("a").commit();

    Snapshot left = cluster.engine.snapshot();
    assertEquals(List.of(), left.endpoints());
    assertEquals(Set.of(Snapshot.NODE_ADDRESSES), left.addressSets().keySet());
    assertEquals(Set.of(), left.subjectSets().keySet());
    for (String size : List.of("endpoints", "groups", "labelSets", "policies")) {
      assertEquals(0L, cluster.engine.sizes().get(size), size);
    }
  }
}
