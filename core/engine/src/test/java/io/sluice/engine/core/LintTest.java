package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.ANYONE;
import static io.sluice.engine.core.TestPolicy.block;
import static io.sluice.engine.core.TestPolicy.named;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class LintTest {
  private static final PortMatch DNS = new PortMatch.Range(Protocol.UDP, 53, 53);

  private final TestCluster cluster =
      TestCluster.onNode()
          .namespace("shop")
          .namespace("kube-system")
          .with(pod("shop/web", "10.0.0.1").labels("app", "web").port(Protocol.TCP, "http", 80))
          .with(pod("shop/db", "10.0.0.2").labels("app", "db"));

  private List<Finding> all() {
    Lint lint = cluster.engine.lint();
    while (lint.step()) {
      // It does a little more.
    }
    return lint.facts().conclude();
  }

  private List<Finding> of(String id) {
    return all().stream().filter(finding -> finding.id().equals(id)).toList();
  }

  private Finding one(String id) {
    List<Finding> found = of(id);
    assertEquals(1, found.size(), found.toString());
    return found.getFirst();
  }

  private TestPod nameServer() {
    return pod("kube-system/dns-1", "10.9.0.1").labels("k8s-app", "kube-dns");
  }

  @Test
  void aPolicyThatSelectsNothingIsFoundWithItsLabels() {
    cluster.with(policy("shop/typo", "app", "wbe").from(ANYONE));
    Finding finding = one("no-pods");
    assertEquals("NetworkPolicy/shop/typo", finding.object());
    assertEquals("spec.podSelector", finding.field());
    assertTrue(finding.message().contains("app=wbe"), finding.message());
    cluster.with(pod("shop/late").labels("app", "wbe"));
    assertEquals(List.of(), of("no-pods"));
  }

  @Test
  void aPortsNameThatNoSelectedPodHasIsFoundInItsRule() {
    cluster.with(
        policy("shop/p", "app", "web").from(ANYONE, tcp(1)).from(ANYONE, named("htpp")),
        policy("shop/q", "app", "web").from(ANYONE, named("http")));
    Finding finding = one("unused-port");
    assertEquals("spec.ingress[1].ports", finding.field());
    assertTrue(finding.message().contains("'htpp'"), finding.message());
  }

  @Test
  void forEgressTheDestinationsHaveThePort() {
    cluster.with(
        policy("shop/p", "app", "db").to(pods("shop", "app", "web"), named("http")),
        policy("shop/q", "app", "web").to(pods("shop", "app", "db"), named("http")));
    assertEquals("NetworkPolicy/shop/q", one("unused-port").object());
  }

  @Test
  void aBlockThatCoversPodsIsFoundAndItsExceptionsCount() {
    cluster.with(
        policy("shop/wide", "app", "db").from(block("10.0.0.0/8", "10.0.0.2/32")),
        policy("shop/outside", "app", "db").from(block("0.0.0.0/0", "10.0.0.0/8")),
        policy("shop/all", "app", "db").from(block("0.0.0.0/0")));
    List<Finding> found = of("block-covers-pods");
    assertEquals(
        List.of("NetworkPolicy/shop/wide", "NetworkPolicy/shop/all"),
        found.stream().map(Finding::object).toList());
    assertTrue(found.getFirst().message().contains("1 pod, for example shop/web (10.0.0.1)"));
    assertEquals(Severity.HINT, found.getLast().severity(), "everybody is often meant");
  }

  @Test
  void blocksOfSixesCoverPodsToo() {
    cluster.with(pod("shop/six", "fd00::5").labels("app", "six"));
    cluster.with(
        policy("shop/p", "app", "db").from(block("fd00::/64")),
        policy("shop/q", "app", "db").from(block("fd00:0:0:1::/64")));
    assertEquals("NetworkPolicy/shop/p", one("block-covers-pods").object());
  }

  @Test
  void podsThatCanAskNoNameServerAreFoundOncePerPolicies() {
    cluster.with(nameServer());
    cluster.with(policy("shop/closed").to(pods("shop", "app", "db")));
    Finding finding = one("no-dns-egress");
    assertEquals("NetworkPolicy/shop/closed", finding.object());
    assertTrue(finding.message().startsWith("2 pods are isolated"), finding.message());
    assertTrue(finding.message().contains("shop/db"), finding.message());
  }

  @Test
  void whoeverCanAskAnywhereOnItsPortIsNotFound() {
    for (TestPolicy enough :
        List.of(
            policy("shop/dns").to(ANYONE),
            policy("shop/dns").to(pods("kube-system"), DNS),
            policy("shop/dns").to(block("192.0.2.53/32"), DNS),
            policy("shop/dns").to(block("10.9.0.0/16")))) {
      cluster.with(nameServer()).with(policy("shop/closed").isolates(Direction.EGRESS), enough);
      assertEquals(List.of(), of("no-dns-egress"));
    }
  }

  @Test
  void otherPortsOrOtherPodsAreNotEnough() {
    for (TestPolicy lacking :
        List.of(
            policy("shop/dns").to(ANYONE, tcp(443)),
            policy("shop/dns").to(pods("shop"), DNS),
            policy("shop/dns").to(block("192.0.2.0/24")))) {
      cluster.with(nameServer()).with(lacking);
      assertEquals(1, of("no-dns-egress").size(), lacking.translated().toString());
    }
  }

  @Test
  void aNameServerOnThePodsOwnNodeIsAlwaysReached() {
    cluster.with(policy("shop/closed").isolates(Direction.EGRESS));
    assertEquals(1, of("no-dns-egress").size());
    cluster.with(
        pod("kube-system/local", "192.0.2.1").labels("k8s-app", "node-local-dns").onHostNetwork());
    assertEquals(List.of(), of("no-dns-egress"));
  }

  @Test
  void aNamespaceThatIsPartlyOpenIsAWarning() {
    assertEquals(Severity.HINT, one("no-default-deny").severity());
    cluster.with(policy("shop/db", "app", "db").isolates(Direction.INGRESS));
    Finding finding = one("no-default-deny");
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("Namespace/shop", finding.object());
    assertTrue(finding.message().startsWith("1 of 2 pods are open"), finding.message());
    cluster.with(policy("shop/all").isolates(Direction.INGRESS));
    assertEquals(List.of(), of("no-default-deny"));
  }

  @Test
  void podsWithOneAddressAreFoundTogether() {
    cluster.with(pod("shop/other", "10.0.0.1"));
    Finding finding = one("shared-address");
    assertEquals("Address/10.0.0.1", finding.object());
    assertTrue(finding.message().contains("shop/other, shop/web"), finding.message());
  }

  @Test
  void aPolicyWithoutWhichNothingChangesIsFound() {
    cluster.with(
        policy("shop/a", "app", "db").from(pods("shop", "app", "web"), tcp(5432)),
        policy("shop/b", "app", "db")
            .from(pods("shop", "app", "web"), tcp(5432))
            .from(ANYONE, tcp(9)),
        policy("shop/c", "app", "db").from(ANYONE, tcp(9)).isolates(Direction.EGRESS),
        policy("shop/d", "app", "web").from(ANYONE, tcp(9)),
        policy("shop/e", "app", "web").from(ANYONE, tcp(9)));
    List<Finding> found = of("redundant-policy");
    assertEquals(
        List.of("NetworkPolicy/shop/a", "NetworkPolicy/shop/e"),
        found.stream().map(Finding::object).toList());
    assertTrue(found.getFirst().message().contains("NetworkPolicy/shop/b selects"));
  }

  @Test
  void whatGoesWhileItIsLookedForIsLeftOut() {
    TestPod late = pod("shop/late", "10.0.0.3");
    cluster.with(late).with(policy("shop/typo", "app", "wbe").from(ANYONE));
    Lint lint = cluster.engine.lint();
    assertTrue(lint.step());
    cluster.without(late).withoutPolicy("shop", "typo");
    while (lint.step()) {
      // It does a little more.
    }
    LintFacts facts = lint.facts();
    assertEquals(2, facts.pods().size());
    assertTrue(
        facts.conclude().stream().noneMatch(found -> found.object().contains("typo")),
        facts.findings().toString());
  }
}
