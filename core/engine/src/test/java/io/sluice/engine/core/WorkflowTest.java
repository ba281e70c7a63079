package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.block;
import static io.sluice.engine.core.TestPolicy.pods;
import static io.sluice.engine.core.TestPolicy.podsWhere;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.selector;
import static io.sluice.engine.core.TestPolicy.tcp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.GroupInfo;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.Update;
import io.sluice.api.policy.Direction;
import io.sluice.api.selector.GroupSelector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to policies, pods and namespaces in a cluster, step by step. */
class WorkflowTest {
  private static final TestPod WEB = pod("shop/web", "10.0.0.1").labels("app", "web");
  private static final TestPod DB = pod("shop/db", "10.0.0.2").labels("app", "db");
  private static final TestPod OTHER = pod("bank/web", "10.0.1.1").labels("app", "web");

  private static final String ISOLATED = "db ingress ISOLATE [shop/db]";

  private final TestCluster cluster = TestCluster.onNode();

  @BeforeEach
  void twoNamespaces() {
    cluster.namespace("shop", "team", "red").namespace("bank", "team", "blue");
    cluster.with(WEB, DB, OTHER).commit();
  }

  private static TestPolicy dbFromWeb() {
    return policy("shop/db", "app", "db").from(pods("shop", "app", "web"), tcp(5432));
  }

  private static String allowed(String... addresses) {
    return "db ingress ALLOW [shop/db] ["
        + List.of(addresses)
        + "][Range[protocol=TCP, first=5432, last=5432]]";
  }

  @Test
  void policyCreate() {
    assertEquals("default -> default", cluster.ask("bank/web", "shop/db", "5432/TCP"));

    cluster.with(dbFromWeb()).commit();

    assertEquals(Set.of(ISOLATED, allowed("10.0.0.1")), cluster.exported());
    assertEquals(
        "default -> NetworkPolicy/shop/db", cluster.ask("shop/web", "shop/db", "5432/TCP"));
    assertEquals(
        "default -> deny NetworkPolicy/shop/db", cluster.ask("shop/web", "shop/db", "80/TCP"));
    assertEquals(
        "default -> deny NetworkPolicy/shop/db", cluster.ask("bank/web", "shop/db", "5432/TCP"));
    assertEquals("default -> default", cluster.ask("shop/db", "shop/web", "80/TCP"));
  }

  @Test
  void policyUpdate() {
    cluster.with(dbFromWeb()).commit();
    List<Rule> before = cluster.rules("db");

    Update update = cluster.with(dbFromWeb().from(block("10.0.1.0/24"))).commit().orElseThrow();

    assertEquals(1, update.rulesAdded().size());
    assertEquals(Set.of(), update.rulesRemoved());
    assertEquals(List.of(), update.addressSets());
    assertTrue(cluster.rules("db").containsAll(before), "rules that did not change stay");
    assertTrue(cluster.allows("bank/web", "shop/db", "80/TCP"));
  }

  @Test
  void policyDelete() {
    cluster.with(dbFromWeb()).commit();
    int groups = cluster.engine.groups().size();

    Update update = cluster.withoutPolicy("shop", "db").commit().orElseThrow();

    assertEquals(2, update.rulesRemoved().size());
    assertEquals(1, update.subjectSetsRemoved().size());
    assertEquals(1, update.addressSetsRemoved().size());
    assertEquals(Set.of(), cluster.exported());
    assertEquals(groups - 2, cluster.engine.groups().size(), "groups go with their last rule");
    assertEquals("default -> default", cluster.ask("bank/web", "shop/db", "5432/TCP"));
  }

  @Test
  void podAddedToAnExistingPolicy() {
    cluster.with(dbFromWeb()).commit();

    cluster.with(pod("shop/web-2", "10.0.0.3").labels("app", "web"));
    Update peer = cluster.commit().orElseThrow();
    assertEquals(List.of(), peer.rulesAdded(), "rules do not change with members");
    assertEquals(1, peer.addressSets().size());
    assertEquals(Set.of(ISOLATED, allowed("10.0.0.1", "10.0.0.3")), cluster.exported());

    cluster.with(pod("shop/db-2", "10.0.0.4").labels("app", "db"));
    Update subject = cluster.commit().orElseThrow();
    assertEquals(List.of(), subject.rulesAdded());
    assertEquals(List.of(), subject.addressSets());
    assertEquals(1, subject.subjectSets().size());
    assertFalse(cluster.allows("bank/web", "shop/db-2", "5432/TCP"));
    assertTrue(cluster.allows("shop/web-2", "shop/db-2", "5432/TCP"));
  }

  @Test
  void podRemovedFromAnExistingPolicy() {
    cluster.with(dbFromWeb()).commit();

    Update update = cluster.without(WEB).commit().orElseThrow();

    assertEquals(Set.of(), update.rulesRemoved());
    assertEquals(Set.of(ISOLATED, allowed()), cluster.exported());
    assertFalse(cluster.allows("10.0.0.1", "shop/db", "5432/TCP"));
  }

  @Test
  void podRelabelledIntoAnExistingPolicy() {
    TestPod late = pod("shop/late", "10.0.0.9").labels("app", "x");
    cluster.with(dbFromWeb()).with(late).commit();
    assertFalse(cluster.allows("shop/late", "shop/db", "5432/TCP"));

    Update update = cluster.with(late.labels("app", "web")).commit().orElseThrow();

    assertEquals(List.of(), update.rulesAdded());
    assertEquals(1, update.addressSets().size());
    assertEquals(Set.of(TestCluster.ip("10.0.0.9")), update.addressSets().getFirst().added());
    assertTrue(cluster.allows("shop/late", "shop/db", "5432/TCP"));
  }

  @Test
  void podRelabelledOutOfAnExistingPolicy() {
    cluster.with(dbFromWeb()).commit();

    Update update = cluster.with(WEB.labels("app", "x")).commit().orElseThrow();

    assertEquals(Set.of(TestCluster.ip("10.0.0.1")), update.addressSets().getFirst().removed());
    assertFalse(cluster.allows("shop/web", "shop/db", "5432/TCP"));

    cluster.with(DB.labels()).commit();
    assertEquals(Set.of(), cluster.exported(), "a policy without local subjects goes");
    assertTrue(cluster.allows("shop/web", "shop/db", "5432/TCP"));
  }

  @Test
  void namespaceRelabelled() {
    cluster.with(policy("shop/db", "app", "db").from(podsWhere(selector("team", "blue")))).commit();
    assertTrue(cluster.allows("bank/web", "shop/db", "1/TCP"));

    cluster.namespace("bank", "team", "red").commit();
    assertFalse(cluster.allows("bank/web", "shop/db", "1/TCP"));

    cluster.namespace("shop", "team", "blue").commit();
    assertTrue(cluster.allows("shop/web", "shop/db", "1/TCP"));
    assertEquals(
        1, cluster.namespace("bank", "team", "blue").commit().orElseThrow().revision() - 4);
  }

  @Test
  void defaultGroupMadeWithItsNamespace() {
    cluster.namespace("new").with(pod("new/a", "10.0.2.1")).commit();

    GroupInfo made = group(GroupSelector.defaultGroup("new"));
    assertTrue(made.isDefault());
    assertEquals(1, made.members());
    assertEquals(0, made.rules());

    cluster.with(policy("new/all").isolates(Direction.INGRESS)).commit();
    assertEquals(made.id(), group(GroupSelector.defaultGroup("new")).id(), "policies share it");

    cluster.withoutPolicy("new", "all").withoutNamespace("new").commit();
    assertTrue(
        cluster.engine.groups().stream()
            .noneMatch(group -> group.selector().equals(made.selector())));
  }

  private GroupInfo group(GroupSelector selector) {
    return cluster.engine.groups().stream()
        .filter(group -> group.selector().equals(selector))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void addressToAddress() {
    cluster
        .with(policy("shop/db", "app", "db").from(block("10.0.0.1/32")))
        .with(policy("shop/web", "app", "web").to(block("10.0.0.2/32")))
        .commit();

    assertTrue(cluster.allows("10.0.0.1", "10.0.0.2", "80/TCP"));
    assertFalse(cluster.allows("10.0.0.1", "10.0.1.1", "80/TCP"));
    assertFalse(cluster.allows("10.0.1.1", "10.0.0.2", "80/TCP"));
  }

  @Test
  void addressToNetwork() {
    cluster
        .with(policy("shop/web", "app", "web").to(block("192.0.2.0/24", "192.0.2.128/25")))
        .commit();

    assertEquals("NetworkPolicy/shop/web -> none", cluster.ask("10.0.0.1", "192.0.2.1", "443/TCP"));
    assertEquals(
        "deny NetworkPolicy/shop/web -> none", cluster.ask("10.0.0.1", "192.0.2.200", "443/TCP"));
    assertTrue(cluster.exported().toString().contains("192.0.2.0/25"), "except is subtracted");
  }

  @Test
  void networkToNetwork() {
    cluster
        .with(policy("shop/in").from(block("10.0.1.0/24")))
        .with(policy("bank/out").to(block("10.0.0.0/24", "10.0.0.2/32")))
        .commit();

    assertTrue(cluster.allows("10.0.1.1", "10.0.0.1", "80/TCP"));
    assertFalse(cluster.allows("10.0.1.1", "10.0.0.2", "80/TCP"));
    assertFalse(cluster.allows("10.0.0.1", "10.0.0.2", "80/TCP"));
    assertEquals("none -> none", cluster.ask("203.0.113.1", "198.51.100.1", "80/TCP"));
  }
}
