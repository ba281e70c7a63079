package io.sluice.engine.core;

import static io.sluice.engine.core.TestPod.pod;
import static io.sluice.engine.core.TestPolicy.podsWhere;
import static io.sluice.engine.core.TestPolicy.policy;
import static io.sluice.engine.core.TestPolicy.selector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.GroupInfo;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.NamespaceScope;
import io.sluice.api.selector.Requirement;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is in a group. */
class GroupTest {
  private final TestCluster cluster = TestCluster.onNode();

  private List<String> select(NamespaceScope scope, LabelSelector pods) {
    return cluster.engine.select(new GroupSelector(scope, pods)).stream()
        .map(Endpoint::path)
        .toList();
  }

  private List<String> where(Requirement... requirements) {
    return select(new NamespaceScope.Named("a"), LabelSelector.of(requirements));
  }

  @Test
  void everyOperatorOfPodSelectors() {
    cluster.with(
        pod("a/none"),
        pod("a/empty").labels("k", ""),
        pod("a/one").labels("k", "1", "other", "x"),
        pod("a/two").labels("k", "2"),
        pod("b/one").labels("k", "1"));

    assertEquals(List.of("a/one", "a/two"), where(Requirement.in("k", List.of("1", "2", "3"))));
    assertEquals(List.of("a/empty"), where(Requirement.equal("k", "")));
    assertEquals(
        List.of("a/empty", "a/none", "a/two"), where(Requirement.notIn("k", List.of("1"))));
    assertEquals(List.of("a/empty", "a/one", "a/two"), where(Requirement.exists("k")));
    assertEquals(List.of("a/none"), where(Requirement.doesNotExist("k")));
    assertEquals(
        List.of("a/two"),
        where(
            Requirement.in("k", List.of("1", "2")),
            Requirement.notIn("k", List.of("1")),
            Requirement.doesNotExist("other")));
    assertEquals(List.of(), where(Requirement.equal("k", "3")));
    assertEquals(4, where().size());
  }

  @Test
  void onlyLivePodsWithAnOwnNetworkAreMembers() {
    TestPod pod = pod("a/p", "10.0.0.1");
    cluster.namespace("a").with(policy("a/all").from(podsWhere(selector())));
    cluster.with(pod.finished(), pod("a/host", "10.0.0.2").onHostNetwork()).commit();

    assertEquals(List.of(), where());
    assertTrue(cluster.exported().isEmpty());

    cluster.with(pod).commit();
    assertEquals(List.of("a/p"), where());

    cluster.with(pod.finished()).commit();
    assertEquals(List.of(), where());
    assertTrue(cluster.exported().isEmpty());
  }

  @Test
  void anUnknownNamespaceIsMatchedByNoNamespaceSelector() {
    LabelSelector notBlue = LabelSelector.of(Requirement.notIn("team", List.of("blue")));
    LabelSelector noTeam = LabelSelector.of(Requirement.doesNotExist("team"));
    cluster.with(pod("a/p", "10.0.0.1"), pod("b/q", "10.0.0.2")).namespace("b");

    for (LabelSelector selector : List.of(LabelSelector.EVERYTHING, notBlue, noTeam)) {
      assertEquals(
          List.of("b/q"),
          select(new NamespaceScope.Matching(selector), LabelSelector.EVERYTHING),
          selector.toString());
    }
    assertEquals(List.of("a/p"), where());

    cluster.namespace("a");
    assertEquals(
        List.of("a/p", "b/q"),
        select(new NamespaceScope.Matching(notBlue), LabelSelector.EVERYTHING));

    cluster.withoutNamespace("a");
    assertEquals(
        List.of("b/q"), select(new NamespaceScope.Matching(notBlue), LabelSelector.EVERYTHING));
  }

  @Test
  void subjectsNeedNoNamespaceObjectAndLateOnesBecomePeers() {
    cluster
        .with(pod("a/p", "10.0.0.1"), pod("b/q", "10.0.0.2"))
        .with(policy("a/all").from(podsWhere(selector())))
        .commit();
    assertFalse(cluster.allows("b/q", "a/p", "80/TCP"), "isolated, and b is unresolved");

    cluster.namespace("b").commit();
    assertTrue(cluster.allows("b/q", "a/p", "80/TCP"));

    cluster.withoutNamespace("b").commit();
    assertFalse(cluster.allows("b/q", "a/p", "80/TCP"));
  }

  @Test
  void namespaceSelectorsFindNamespacesByTheirName() {
    cluster.namespace("a").namespace("b").with(pod("a/p"), pod("b/q"), pod("c/r"));
    assertEquals(
        List.of("b/q"),
        select(
            new NamespaceScope.Matching(selector(Namespace.NAME_LABEL, "b")),
            LabelSelector.EVERYTHING));
    assertEquals(
        List.of("a/p", "b/q"),
        select(
            new NamespaceScope.Matching(
                LabelSelector.of(
                    Requirement.in(Namespace.NAME_LABEL, List.of("a", "b", "c", "d")))),
            LabelSelector.EVERYTHING));
  }

  @Test
  void equalSelectorsShareOneGroupThatGoesWithItsLastRule() {
    cluster.with(
        policy("a/one", "k", "1").from(podsWhere(selector("x", "y"), "k", "2")),
        policy("a/two", "k", "1").from(podsWhere(selector("x", "y"), "k", "2")));
    assertEquals(2, cluster.engine.groups().size());
    assertEquals(
        List.of(4, 2),
        cluster.engine.groups().stream()
            .map(GroupInfo::rules)
            .sorted(Comparator.reverseOrder())
            .toList());

    cluster.withoutPolicy("a", "one");
    assertEquals(2, cluster.engine.groups().size());

    cluster.withoutPolicy("a", "two");
    assertEquals(0, cluster.engine.groups().size());
  }

  @Test
  void labelSetsAreSharedAndGoWithTheirLastPod() {
    cluster.with(pod("a/p").labels("k", "1"), pod("a/q").labels("k", "1"), pod("a/r"));
    assertEquals(2L, cluster.engine.sizes().get("labelSets"));

    cluster.with(pod("a/p").labels("k", "2"));
    assertEquals(3L, cluster.engine.sizes().get("labelSets"));

    cluster.without(pod("a/p")).without(pod("a/q")).without(pod("a/r"));
    assertEquals(0L, cluster.engine.sizes().get("labelSets"));
    assertEquals(0L, cluster.engine.sizes().get("endpoints"));
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherEndpoint() {
    cluster.namespace("a").with(policy("a/all").from(podsWhere(selector(), "k", "1")));
    cluster.with(pod("a/p", "10.0.0.1").labels("k", "1")).commit();
    cluster.without(pod("a/p")).with(pod("a/q", "10.0.0.2")).commit();

    assertEquals(List.of(), where(Requirement.equal("k", "1")));
    assertEquals(List.of("a/q"), where());
  }
}
