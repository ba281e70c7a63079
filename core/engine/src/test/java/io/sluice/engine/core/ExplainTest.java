package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.ANYONE;
import static io.sluice.engine.core.TestPolicy.block;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.podsWhere;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.selector;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Decision;
import io.sluice.api.control.Explanation;
import io.sluice.api.control.Party;
import io.sluice.api.control.Service;
import io.sluice.api.net.Protocol;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.resource.Node;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Why a packet is allowed or denied. */
class ExplainTest {
  private final TestCluster cluster =
      TestCluster.onNode()
          .namespace("a")
          .with(
              pod("a/web", "10.0.0.1", "fd00::1").labels("app", "web"),
              pod("a/db", "10.0.0.2", "fd00::2").labels("app", "db").on("far"));

  private Explanation explain(String from, String to, String service) {
    return cluster.engine.explain(Party.parse(from), Party.parse(to), Service.parse(service));
  }

  @Test
  void aDenialNamesEveryIsolatingPolicyAndTheMissingAllow() {
    cluster.with(
        policy("a/z").isolates(Direction.INGRESS), policy("a/b", "app", "db").from(pods("b")));

    Explanation why = explain("a/web", "a/db", "8080/TCP");

    assertEquals("a/web (10.0.0.1)", why.from());
    assertEquals("a/db (10.0.0.2)", why.to());
    assertEquals("8080/TCP", why.service());
    assertEquals(Decision.Reason.DEFAULT, why.egress().reason());
    assertEquals(Decision.Reason.ISOLATION, why.ingress().reason());
    assertEquals("NetworkPolicy/a/b,NetworkPolicy/a/z", why.ingress().by());
    assertEquals(
        "no ingress rule of NetworkPolicy/a/b, NetworkPolicy/a/z allows a/web (10.0.0.1) on"
            + " 8080/TCP",
        why.ingress().missing());
  }

  @Test
  void aDenialHintsAtTheNarrowestRuleThatAllowsIt() {
    cluster
        .namespace("other")
        .with(
            pod("other/job", "10.0.1.1")
                .labels("app", "1.5", "pod-template-hash", "f00", "tier", "yes"),
            pod("a/bare", "10.0.0.4"))
        .with(policy("a/closed").isolates(Direction.INGRESS, Direction.EGRESS));

    assertEquals(
        "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}],"
            + " ports: [{protocol: TCP, port: 8080}]}]",
        explain("a/web", "a/db", "8080/TCP").ingress().hint());
    assertEquals(
        "egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}},"
            + " podSelector: {matchLabels: {app: \"1.5\", tier: \"yes\"}}}],"
            + " ports: [{protocol: UDP, port: 53}]}]",
        explain("a/web", "other/job", "53/UDP").egress().hint());
    assertEquals(
        "egress: [{to: [{ipBlock: {cidr: \"2001:db8::1/128\"}}]}]",
        explain("a/web", "2001:db8::1", "icmpv6").egress().hint());
    assertEquals(
        "ingress: [{from: [{podSelector: {}}], ports: [{protocol: SCTP, port: 7}]}]",
        explain("a/bare", "a/db", "7/SCTP").ingress().hint());
    assertEquals("", explain("192.0.2.1", "other/job", "1/TCP").ingress().hint());
  }

  @Test
  void anAllowNamesTheFirstAllowingPolicyByNameAndItsRule() {
    cluster.with(
        policy("a/z").from(ANYONE),
        policy("a/c", "app", "db").from(pods("b")).from(pods("a", "app", "web"), tcp(80)),
        policy("a/b").isolates(Direction.INGRESS));

    Decision ingress = explain("a/web", "a/db", "80/TCP").ingress();

    assertEquals("NetworkPolicy/a/c", ingress.by());
    assertEquals("ingress[1]", ingress.rule());
    assertEquals("NetworkPolicy/a/z", explain("a/web", "a/db", "81/TCP").ingress().by());
  }

  @Test
  void addressesStandForPods() {
    Explanation why = explain("10.0.0.1", "192.0.2.1", "80/TCP");
    assertEquals("10.0.0.1 (a/web)", why.from());
    assertEquals("192.0.2.1", why.to());
    assertEquals("none", why.ingress().by());
  }

  @Test
  void theFamilyIsThatOfTheOtherEnd() {
    assertEquals("a/web (fd00::1)", explain("a/web", "2001:db8::1", "80/TCP").from());
    cluster.with(pod("a/six", "fd00::6"));
    assertEquals("a/web (fd00::1)", explain("a/web", "a/six", "80/TCP").from());
    assertThrows(IllegalArgumentException.class, () -> explain("a/six", "192.0.2.1", "80/TCP"));
  }

  @Test
  void whoDoesNotExistIsNamed() {
    assertEquals(
        "there is no pod a/nobody",
        assertThrows(IllegalArgumentException.class, () -> explain("a/nobody", "a/db", "80/TCP"))
            .getMessage());
    cluster.with(pod("a/job", "10.0.0.3").finished());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> explain("a/db", "a/job", "80/TCP"))
            .toString()
            .contains("a/job has finished"));
  }

  @Test
  void aPodWithoutAddressIsMatchedByIdentityAndByNoBlock() {
    cluster
        .with(pod("a/new").labels("app", "new"))
        .with(policy("a/db", "app", "db").from(pods("a", "app", "new"), tcp(1)))
        .with(policy("a/db2", "app", "db").from(block("0.0.0.0/0")));

    assertTrue(cluster.allows("a/new", "a/db", "1/TCP"));
    assertFalse(cluster.allows("a/new", "a/db", "2/TCP"));
    assertTrue(cluster.allows("a/web", "a/db", "2/TCP"));
    assertEquals("a/new", explain("a/new", "a/db", "1/TCP").from());

    cluster.with(policy("a/new", "app", "new").isolates(Direction.INGRESS));
    assertFalse(cluster.allows("a/db", "a/new", "1/TCP"), "isolated before it has an address");
    assertTrue(cluster.allows("a/new", "a/new", "1/TCP"));
  }

  @Test
  void nothingBlocksAPodFromItself() {
    cluster.with(policy("a/all").isolates(Direction.INGRESS, Direction.EGRESS));
    assertEquals("self -> self", cluster.ask("a/web", "a/web", "80/TCP"));
    assertEquals("self -> self", cluster.ask("a/web", "10.0.0.1", "80/TCP"));
  }

  private void node(String name, String... addresses) {
    cluster.engine.upsert(
        new Node(name, Map.of(), Stream.of(addresses).map(TestCluster::ip).toList(), "test"));
  }

  @Test
  void theOwnNodeAlwaysReachesAndIsReached() {
    cluster.with(policy("a/all").isolates(Direction.INGRESS, Direction.EGRESS));
    node(TestCluster.NODE, "172.16.0.1");
    node("far", "172.16.0.2");

    assertEquals("none -> own-node", cluster.ask("172.16.0.1", "a/web", "80/TCP"));
    assertEquals("own-node -> none", cluster.ask("a/web", "172.16.0.1", "80/TCP"));
    assertFalse(cluster.allows("172.16.0.2", "a/web", "80/TCP"), "another node");
    assertEquals("none -> own-node", cluster.ask("172.16.0.2", "a/db", "80/TCP"));

    node(TestCluster.NODE, "172.16.0.9");
    assertFalse(cluster.allows("172.16.0.1", "a/web", "80/TCP"));
    cluster.engine.nodeAddresses(Set.of(TestCluster.ip("172.16.0.1")));
    assertTrue(cluster.allows("172.16.0.1", "a/web", "80/TCP"));
    assertFalse(cluster.allows("172.16.0.1", "a/db", "80/TCP"), "this host is not that node");
  }

  @Test
  void theSetOfNodeAddressesFollowsNodeHostAndPods() {
    node(TestCluster.NODE, "172.16.0.1");
    cluster.engine.nodeAddresses(Set.of(TestCluster.ip("172.16.0.3")));
    TestPod pod = pod("a/p", "10.0.0.9").hostAddresses("172.16.0.1", "172.16.0.4");
    cluster.with(pod, pod("a/q", "10.0.0.8").hostAddresses("172.16.0.5").on("far")).commit();
    assertEquals(Set.of("172.16.0.1", "172.16.0.3", "172.16.0.4"), nodeAddresses());

    cluster.engine.remove(new Node(TestCluster.NODE, Map.of(), List.of(), "").key());
    cluster.commit();
    assertEquals(Set.of("172.16.0.1", "172.16.0.3", "172.16.0.4"), nodeAddresses());

    cluster.without(pod).commit();
    assertEquals(Set.of("172.16.0.3"), nodeAddresses());
  }

  private Set<String> nodeAddresses() {
    return Set.copyOf(cluster.state().addresses(0).stream().map(Object::toString).toList());
  }

  @Test
  void aPodOnTheHostsNetworkIsItsNode() {
    cluster
        .with(pod("a/agent", "172.16.0.1").onHostNetwork())
        .with(pod("a/farAgent", "172.16.0.2").onHostNetwork().on("far"))
        .with(policy("a/all").isolates(Direction.EGRESS).from(podsWhere(selector())));

    assertEquals("none -> own-node", cluster.ask("a/agent", "a/web", "80/TCP"));
    assertEquals("none -> deny NetworkPolicy/a/all", cluster.ask("a/farAgent", "a/web", "80/TCP"));

    cluster.with(policy("a/node").from(block("172.16.0.2/32")));
    assertTrue(cluster.allows("a/farAgent", "a/web", "80/TCP"));
  }

  @Test
  void protocolsWithoutPortsNeedARuleWithoutPorts() {
    cluster.with(
        policy("a/db", "app", "db")
            .from(pods("a", "app", "web"), PortMatch.Range.all(Protocol.TCP)));
    assertTrue(cluster.allows("a/web", "a/db", "80/TCP"));
    assertFalse(cluster.allows("a/web", "a/db", "80/UDP"));
    assertFalse(cluster.allows("a/web", "a/db", "icmp"));

    cluster.with(policy("a/db", "app", "db").from(pods("a", "app", "web")));
    assertTrue(cluster.allows("a/web", "a/db", "icmp"));
    assertTrue(cluster.allows("a/web", "a/db", "80/SCTP"));
  }

  @Test
  void endsAreGoodUntilAnInputChanges() {
    PacketEnd web = cluster.engine.end("a", "web");
    PacketEnd outside = cluster.engine.end(TestCluster.ip("192.0.2.1"));
    Service service = new Service(6, 80);
    assertEquals("default", cluster.engine.egress(web, outside, service).by());

    cluster.with(pod("a/other"));

    assertThrows(IllegalStateException.class, () -> cluster.engine.egress(web, outside, service));
  }
}
