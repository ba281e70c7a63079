package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.ANYONE;
import static io.sluice.engine.core.TestPolicy.block;
import static io.sluice.engine.core.TestPolicy.named;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Update;
import io.sluice.api.net.Protocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Ports by name: each destination pod has its own numbers. */
class NamedPortTest {
  private final TestCluster cluster = TestCluster.onNode().namespace("a").namespace("b");

  private static TestPod http(String path, String address, int port) {
    return pod(path, address).port(Protocol.TCP, "http", port);
  }

  private static String service(int port) {
    return "[Range[protocol=TCP, first=" + port + ", last=" + port + "]]";
  }

  @Test
  void ingressIsLookedUpOnTheSubject() {
    cluster.with(
        http("a/p", "10.0.0.1", 80),
        http("a/q", "10.0.0.2", 8080),
        pod("a/none", "10.0.0.3"),
        pod("a/udp", "10.0.0.4").port(Protocol.UDP, "http", 80));
    cluster.with(policy("a/in").from(ANYONE, named("http"))).commit();

    assertEquals(
        Set.of(
            "in ingress ISOLATE [a/none, a/p, a/q, a/udp]",
            "in ingress ALLOW [a/p] [Any[]]" + service(80),
            "in ingress ALLOW [a/q] [Any[]]" + service(8080)),
        cluster.exported());
    assertTrue(cluster.allows("192.0.2.1", "a/p", "80/TCP"));
    assertFalse(cluster.allows("192.0.2.1", "a/p", "8080/TCP"));
    assertTrue(cluster.allows("192.0.2.1", "a/q", "8080/TCP"));
    assertFalse(cluster.allows("192.0.2.1", "a/none", "80/TCP"));
    assertFalse(cluster.allows("192.0.2.1", "a/udp", "80/TCP"));
    assertFalse(cluster.allows("192.0.2.1", "a/udp", "80/UDP"));
  }

  @Test
  void egressIsLookedUpOnThePeer() {
    cluster.with(
        pod("a/p", "10.0.0.1"),
        http("b/q", "10.0.1.1", 80).on("far"),
        http("b/r", "10.0.1.2", 81).on("far"),
        pod("b/none", "10.0.1.3").on("far"));
    cluster.with(policy("a/out").to(pods("b"), named("http"))).commit();

    assertEquals(
        Set.of(
            "out egress ISOLATE [a/p]",
            "out egress ALLOW [a/p] [[10.0.1.1]]" + service(80),
            "out egress ALLOW [a/p] [[10.0.1.2]]" + service(81)),
        cluster.exported());
    assertTrue(cluster.allows("a/p", "b/q", "80/TCP"));
    assertFalse(cluster.allows("a/p", "b/q", "81/TCP"));
    assertFalse(cluster.allows("a/p", "b/none", "80/TCP"));
  }

  @Test
  void anyPeerOnEgressIsEveryPodThatHasTheName() {
    cluster
        .with(pod("a/p", "10.0.0.1"), http("unknown/q", "10.0.1.1", 80))
        .with(policy("a/out").to(ANYONE, named("http")))
        .commit();

    assertTrue(cluster.exported().contains("out egress ALLOW [a/p] [[10.0.1.1]]" + service(80)));
    assertTrue(cluster.allows("a/p", "unknown/q", "80/TCP"));
    assertFalse(cluster.allows("a/p", "192.0.2.1", "80/TCP"), "outside has no names");
  }

  @Test
  void aBlockOnEgressIsThePodsInIt() {
    cluster
        .with(pod("a/p", "10.0.0.1"), http("b/q", "10.0.1.1", 80), http("b/r", "10.0.1.9", 80))
        .with(policy("a/out").to(block("10.0.1.0/24", "10.0.1.8/29"), named("http")))
        .commit();

    assertTrue(cluster.exported().contains("out egress ALLOW [a/p] [[10.0.1.1]]" + service(80)));
    assertTrue(cluster.allows("a/p", "b/q", "80/TCP"));
    assertFalse(cluster.allows("a/p", "b/r", "80/TCP"), "taken out of the block");
    assertFalse(cluster.allows("a/p", "10.0.1.2", "80/TCP"), "in the block, but no pod");

    cluster.with(http("b/q", "10.0.1.1", 80).addresses("10.0.2.1", "10.0.1.7")).commit();
    assertTrue(cluster.exported().contains("out egress ALLOW [a/p] [[10.0.1.7]]" + service(80)));
  }

  @Test
  void onePodMayHaveSeveralNumbersAndARuleNumbersBesides() {
    cluster
        .with(http("a/p", "10.0.0.1", 80).port(Protocol.TCP, "http", 81))
        .with(policy("a/in").from(ANYONE, named("http"), tcp(443)))
        .commit();

    for (int port : List.of(80, 81, 443)) {
      assertTrue(cluster.allows("192.0.2.1", "a/p", port + "/TCP"));
      assertTrue(cluster.exported().contains("in ingress ALLOW [a/p] [Any[]]" + service(port)));
    }
    assertFalse(cluster.allows("192.0.2.1", "a/p", "82/TCP"));
  }

  @Test
  void aNumberComesAndGoesWithThePodsThatHaveIt() {
    TestPod p = http("a/p", "10.0.0.1", 80);
    cluster.with(p).with(policy("a/in").from(ANYONE, named("http"))).commit();

    Update another = cluster.with(http("a/q", "10.0.0.2", 80)).commit().orElseThrow();
    assertEquals(List.of(), another.rulesAdded(), "the number was known");

    Update moved =
        cluster.with(p.noPorts().port(Protocol.TCP, "http", 8080)).commit().orElseThrow();
    assertEquals(1, moved.rulesAdded().size());
    assertEquals(Set.of(), moved.rulesRemoved());

    Update gone = cluster.without(pod("a/q")).commit().orElseThrow();
    assertEquals(1, gone.rulesRemoved().size());
    assertEquals(
        Set.of("in ingress ISOLATE [a/p]", "in ingress ALLOW [a/p] [Any[]]" + service(8080)),
        cluster.exported());

    cluster.with(p.noPorts()).commit();
    assertEquals(Set.of("in ingress ISOLATE [a/p]"), cluster.exported());
  }

  @Test
  void onlyLocalSubjectsMakeRules() {
    cluster
        .with(http("a/p", "10.0.0.1", 80), http("a/far", "10.0.0.2", 81).on("far"))
        .with(policy("a/in").from(ANYONE, named("http")))
        .commit();

    assertEquals(2, cluster.exported().size());
    assertTrue(cluster.allows("192.0.2.1", "a/far", "81/TCP"), "but verdicts know them all");
  }
}
