package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.Status;
import io.sluice.api.control.Verdict;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A start with a durable copy: what is enforced while sources are away, and when they are back. */
class RestoreTest extends AgentScene {
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final ClaimedResource POLICY =
      LabelDialect.policy("shop", "closed", Map.of("app", "db"));

  private final HandStore labels = new HandStore();
  private final HandPolicies policies = new HandPolicies();

  private static Stored by(String source, Resource resource) {
    return new Stored(resource, List.of(source));
  }

  private static StoreSnapshot copy(Stored... stored) {
    return new StoreSnapshot(1, 1, true, THEN, List.of(stored));
  }

  private static Stored[] shopOf(String source) {
    return new Stored[] {
      by(source, Rig.namespace("shop")),
      by(source, Rig.pod("shop", "web", "web", "10.0.0.1")),
      by(source, Rig.pod("shop", "db", "db", "10.0.0.2"))
    };
  }

  private void offer(StoreSnapshot labelCopy, StoreSnapshot policyCopy) {
    labels.offer(CompletableFuture.completedStage(labelCopy));
    policies.offer(policyCopy);
    rig.agent().bind(labels, "labels", true);
    rig.agent().bind(policies, "policies", true);
  }

  /** Binds a source that has had everything from the beginning, its policy in a broken version. */
  private void brokenShop() {
    MemorySource source = rig.unbound();
    source.put(
        Rig.namespace("shop"),
        Rig.pod("shop", "web", "web", "10.0.0.1"),
        Rig.pod("shop", "db", "db", "10.0.0.2"),
        LabelDialect.policy("shop", "closed", Map.of("broken", true, "app", "db")));
    rig.agent().bind(source, "memory");
  }

  /** Sources are not waited for, or for so long that a test does not see the end of it. */
  private void copyAfter(Duration after, String... forget) {
    Settings base = Rig.settings("");
    rig.agent()
        .configure(
            new Settings(
                base.node(),
                base.addresses(),
                "",
                base.grace(),
                base.denialsPerSecond(),
                base.takeover(),
                after,
                Set.of(forget),
                LintSettings.DEFAULT,
                List.of()));
  }

  private static boolean saysHowOld(Status status) {
    return status.problems().stream()
        .anyMatch(
            problem ->
                problem.origin().equals("durable copy")
                    && problem.message().contains("as of 2026-01-02T03:04:05Z")
                    && problem.message().contains(" old"));
  }

  @Test
  void withTheSourceAwayTheCopyIsEnforcedAtOnceAndItsAgeIsSaid() throws InterruptedException {
    copyAfter(Rig.LONG);
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    offer(copy(shopOf("hand")), copy(by("hand", POLICY)));
    HandSource source = new HandSource();
    rig.agent().bind(source, "hand");
    HandSource.Opened session = source.next();
    rig.await("the copy is read", status -> status.counters().getOrDefault("objects", 0L) == 4);
    assertEquals(List.of(), datapath.handed(), "the source may speak yet");
    session.status(SourceStatus.State.LOST);
    Status status = rig.await("it is in force", seen -> seen.inForce() > 0);
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    assertTrue(saysHowOld(status), status.toString());
    assertEquals(Status.Readiness.STARTED, status.readiness());
    assertEquals(1006, policy().id(), "the store's number");
    Stages.get(
        session.send(1, 0, true, Rig.namespace("shop"), Rig.pod("shop", "web", "web", "10.0.0.1")));
    session.status(SourceStatus.State.SYNCED);
    rig.settle();
    assertFalse(saysHowOld(rig.status()));
    assertEquals(1, datapath.state().endpoints().size(), "what it does not name is gone");
    rig.await("the stores follow", seen -> labels.held().size() == 2);
    assertEquals(Map.of(), policies.held());
    assertEquals(1, labels.batches().getFirst().epoch(), "the copy's epoch goes on");
    assertEquals(2, labels.batches().getFirst().sequence());
  }

  @Test
  void aSourceThatSaysNothingIsWaitedForOnlySoLong() throws InterruptedException {
    copyAfter(Duration.ofMillis(300));
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    offer(copy(shopOf("hand")), copy(by("hand", POLICY)));
    HandSource source = new HandSource();
    rig.agent().bind(source, "hand");
    rig.await("it is in force", seen -> seen.inForce() > 0);
    assertEquals(2, datapath.state().endpoints().size());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
  }

  @Test
  void labelsWithoutPoliciesAreNoCopy() throws InterruptedException {
    copyAfter(Duration.ofMillis(1));
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    offer(copy(shopOf("hand")), StoreSnapshot.NOTHING);
    HandSource source = new HandSource();
    rig.agent().bind(source, "hand");
    HandSource.Opened session = source.next();
    session.status(SourceStatus.State.LOST);
    rig.await("contact is lost", seen -> seen.problems().toString().contains("lost contact"));
    Thread.sleep(100);
    assertEquals(List.of(), datapath.handed(), "pods would be without their policies");
  }

  @Test
  void eachSourceTakesOverWhatWasItsOwn() throws InterruptedException {
    copyAfter(Rig.LONG);
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    List<Stored> all = new ArrayList<>(List.of(shopOf("there")));
    all.add(by("away", Rig.pod("shop", "far", "db", "10.0.0.3")));
    all.add(new Stored(Rig.pod("shop", "both", "db", "10.0.0.4"), List.of("there", "away")));
    offer(copy(all.toArray(Stored[]::new)), copy(by("away", POLICY)));
    HandSource away = new HandSource();
    rig.agent().bind(away, "away");
    away.next().status(SourceStatus.State.LOST);
    HandSource there = new HandSource();
    rig.agent().bind(there, "there");
    HandSource.Opened session = there.next();
    Stages.get(
        session.send(1, 0, true, Rig.namespace("shop"), Rig.pod("shop", "web", "web", "10.0.0.1")));
    rig.await("it is in force", seen -> seen.inForce() > 0);
    rig.await("its pod is gone", seen -> datapath.state().endpoints().size() == 3);
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/far"), "by the policy of the one away");
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/both"), "both had it");
    assertTrue(saysHowOld(rig.status()));
    assertTrue(rig.status().problems().toString().contains("'away'"));
  }

  @Test
  void theLastGoodVersionSurvivesTheRestart() throws InterruptedException {
    copyAfter(Rig.LONG);
    rig.translator();
    rig.datapath("ovs", true);
    offer(copy(shopOf("memory")), copy(by("memory", POLICY)));
    brokenShop();
    rig.notSettled(Rig.LONG);
    rig.await("the copy is read", status -> policy().state() == PolicyInfo.State.LAST_GOOD);
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    assertEquals(Map.of(CLOSED, by("memory", POLICY)), policies.held(), "and the next one");
  }

  @Test
  void theLastGoodVersionCountsAlsoIfTheSourceWasFirst() throws InterruptedException {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    CompletableFuture<StoreSnapshot> slow = new CompletableFuture<>();
    labels.offer(slow);
    rig.agent().bind(labels, "labels", true);
    brokenShop();
    rig.await("the source is synced", status -> rig.settledSources(status) == 1);
    assertEquals(List.of(), datapath.handed(), "the copy is still being read");
    policies.offer(copy(by("memory", POLICY)));
    rig.agent().bind(policies, "policies", true);
    slow.complete(copy(shopOf("memory")));
    rig.await("it is told", seen -> seen.inForce() > 0);
    assertEquals(PolicyInfo.State.LAST_GOOD, policy().state());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
  }

  @Test
  void aSourceThatIsGoneKeepsItsObjectsUntilAnOperatorGivesItUp() throws InterruptedException {
    copyAfter(Duration.ofMillis(1));
    rig.translator();
    rig.datapath("ovs", true);
    offer(copy(shopOf("gone")), copy(by("gone", POLICY)));
    MemorySource source = rig.source("memory");
    source.put(Rig.namespace("bank"));
    rig.await("it is in force", seen -> seen.inForce() > 0);
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    assertTrue(why(Rig.LONG).contains("'gone'"));
    assertTrue(rig.status().problems().toString().contains("under 'forget'"));
    copyAfter(Duration.ofMillis(1), "gone", "memory");
    rig.settle();
    assertEquals(List.of(), Stages.get(rig.control().policies()));
    assertEquals(List.of(), Stages.get(rig.control().endpoints()));
    rig.await(
        "the stores follow", seen -> labels.held().keySet().equals(Set.of(Namespace.key("bank"))));
  }

  @Test
  void aSourceThatIsGoneIsSaidToBeGoneAlsoIfTheStoresAreSlow() throws InterruptedException {
    copyAfter(Duration.ofMillis(1));
    rig.translator();
    rig.datapath("ovs", true);
    rig.source("memory");
    rig.await("it is in force", seen -> seen.inForce() > 0);
    offer(copy(shopOf("gone")), copy(by("gone", POLICY)));
    rig.await("it is said", seen -> seen.problems().toString().contains("under 'forget'"));
    assertTrue(why(Rig.LONG).contains("'gone' has lost contact"));
  }

  @Test
  void policiesThatNobodyTranslatesKeepTheRulesAsTheyAre() throws InterruptedException {
    copyAfter(Duration.ofMillis(1));
    HandDatapath datapath = rig.datapath("ovs", true);
    ClaimedResource foreign =
        new ClaimedResource(
            new ResourceKey(new ResourceKind("example.com", "Strange"), "", "x"),
            "v1",
            "",
            Map.of(),
            "x.yaml");
    rig.translator();
    offer(copy(shopOf("memory")), copy(by("memory", POLICY), by("memory", foreign)));
    MemorySource source = shop();
    source.put(POLICY);
    rig.await("the source is synced", status -> rig.settledSources(status) == 1);
    Status status =
        rig.await("it is said", seen -> seen.problems().toString().contains("Strange.example.com"));
    assertEquals(List.of(), datapath.handed(), status.toString());
    copyAfter(Duration.ofMillis(1), "Strange.example.com");
    rig.settle();
    assertEquals(
        List.of(new PolicyRef("NetworkPolicy", "shop", "closed")),
        Stages.get(rig.control().policies()).stream().map(PolicyInfo::policy).toList());
  }

  @Test
  void stoppingWaitsForTheStores() throws InterruptedException {
    Rig other = new Rig();
    HandStore slow = new HandStore();
    other.agent().bind(slow, "slow", true);
    other.translator();
    MemorySource source = other.source("memory");
    source.put(Rig.namespace("shop"));
    other.await("it is written", status -> slow.held().size() == 1);
    slow.hold();
    source.put(Rig.namespace("bank"), Rig.namespace("zoo"));
    other.await("the engine has it", status -> status.counters().getOrDefault("objects", 0L) == 3);
    Thread later =
        Thread.ofPlatform()
            .start(
                () -> {
                  LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                  slow.letGo();
                });
    other.close();
    assertEquals(3, slow.held().size());
    later.join();
  }
}
