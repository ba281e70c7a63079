package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.PolicyInfo;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.event.InForce;
import io.sluice.api.event.PolicyRejected;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.engine.host.HandDatapath.Handed;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** The agent as a whole: what goes in at sources, what comes out at datapaths and Control. */
class AgentTest extends AgentScene {
  // Policies.

  @Test
  void theLastGoodVersionStays() {
    rig.translator();
    rig.datapath("memory", false);
    MemorySource source = shop();
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    int id = policy().id();
    source.put(LabelDialect.policy("shop", "closed", Map.of("broken", true)));
    rig.notSettled(Rig.LONG);
    assertEquals(PolicyInfo.State.LAST_GOOD, policy().state());
    assertEquals(id, policy().id());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db", "from", "web")));
    rig.settle();
    assertEquals(PolicyInfo.State.ACTIVE, policy().state());
    assertEquals(Verdict.ALLOW, verdict("shop/web", "shop/db"));
    source.remove(LabelDialect.policy("shop", "closed", Map.of()).key());
    rig.settle();
    assertEquals(List.of(), Stages.get(rig.control().policies()));
  }

  @Test
  void aFirstSeenBrokenPolicyIsAnAlarmThatNamesThePods() throws InterruptedException {
    BlockingQueue<PolicyRejected> heard = listen(PolicyRejected.ADDRESS, PolicyRejected.class);
    rig.translator();
    rig.datapath("memory", false);
    MemorySource source = shop();
    rig.settle();
    source.put(LabelDialect.policy("shop", "closed", Map.of("broken", true, "app", "db")));
    PolicyRejected event = poll(heard);
    assertEquals(CLOSED, event.policy());
    assertFalse(event.lastGood());
    assertTrue(event.problems().getLast().message().contains("does not protect shop/db"));
    assertEquals(PolicyInfo.State.REJECTED, policy().state());
    source.put(Rig.pod("shop", "db2", "db", "10.0.0.9"));
    rig.await(
        "the alarm follows the pods",
        status ->
            status.problems().stream()
                .anyMatch(problem -> problem.message().contains("shop/db, shop/db2")));
  }

  @Test
  void anotherVersionOfATranslatorTranslatesAnew() {
    rig.datapath("memory", false);
    MemorySource source = shop();
    LabelDialect strict = new LabelDialect(true);
    rig.agent().bind(strict, "strict", 0, 1000);
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.notSettled(Rig.LONG);
    assertEquals(Verdict.ALLOW, verdict("shop/web", "shop/db"));
    LabelDialect better = rig.translator();
    rig.settle();
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"), "the older service owns the kind");
    rig.agent().unbind(better);
    rig.notSettled(Rig.LONG);
    assertEquals(PolicyInfo.State.LAST_GOOD, policy().state());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
  }

  @Test
  void policiesOfATranslatorThatIsGoneStayAndThatIsSaid() {
    LabelDialect dialect = rig.translator();
    rig.datapath("ovs", true);
    shop().put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    rig.agent().unbind(dialect);
    NotSettledException failure = rig.notSettled(Rig.LONG);
    assertEquals("NetworkPolicy.networking.k8s.io", failure.problems().getFirst().object());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    rig.translator();
    rig.settle();
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
  }

  // Datapaths.

  @Test
  void anEnforcingDatapathIsToldNothingBeforeEverySourceIsSynced() throws InterruptedException {
    rig.translator();
    HandSource late = new HandSource();
    rig.agent().bind(late, "late");
    HandDatapath enforcing = rig.datapath("ovs", true);
    HandDatapath memory = rig.datapath("memory", false);
    shop();
    rig.await("the first source is synced", status -> rig.settledSources(status) == 1);
    assertEquals(List.of(), enforcing.handed(), "what is in the switch stays");
    assertEquals(List.of(), memory.handed(), "whoever is not chosen is told nothing");
    assertEquals(Status.Readiness.STARTED, rig.status().readiness());
    assertTrue(why(SHORT).contains("late"));
    HandSource.Opened session = late.next();
    Stages.get(session.send(1, 0, false, Rig.pod("shop", "late", "web", "10.0.0.7")));
    assertEquals(List.of(), enforcing.handed());
    Stages.get(session.send(1, 1, true));
    rig.await("it is in force", status -> status.readiness() == Status.Readiness.IN_FORCE);
    Handed.Whole first = assertInstanceOf(Handed.Whole.class, enforcing.handed().getFirst());
    assertEquals(3, first.snapshot().endpoints().size(), "all of it at once");
  }

  @Test
  void withAGraceLateSourcesAreNotWaitedForForever() throws InterruptedException {
    Settings patient = Rig.settings("");
    rig.agent()
        .configure(
            new Settings(
                patient.node(),
                patient.addresses(),
                "",
                Duration.ofMillis(50),
                patient.denialsPerSecond(),
                Rig.TAKEOVER,
                List.of()));
    rig.translator();
    rig.agent().bind(new HandSource(), "late");
    HandDatapath enforcing = rig.datapath("ovs", true);
    shop();
    rig.await("it is told", status -> status.inForce() > 0);
    assertFalse(enforcing.handed().isEmpty());
  }

  @Test
  void aDatapathThatDisappearsIsFrozenAndMemoryDoesNotReplaceIt() throws InterruptedException {
    rig.translator();
    HandDatapath ovs = rig.datapath("ovs", true);
    rig.datapath("memory", false);
    MemorySource source = shop();
    rig.settle();
    rig.agent().unbind(ovs);
    Status status = rig.await("it is gone", seen -> seen.datapath().isEmpty());
    assertTrue(
        status.components().stream().anyMatch(component -> component.state().equals("frozen")));
    assertTrue(status.problems().getFirst().message().contains("frozen"));
    assertTrue(why(SHORT).contains("frozen"));
    assertFalse(ovs.released());
    source.put(Rig.pod("shop", "new", "web", "10.0.0.3"));
    HandDatapath back = rig.datapath("ovs", true);
    rig.settle();
    assertEquals(3, back.state().endpoints().size());
    assertEquals("ovs", rig.status().datapath());
  }

  @Test
  void everyRevisionThatComesIntoForceIsPublished() throws InterruptedException {
    BlockingQueue<InForce> heard = listen(InForce.ADDRESS, InForce.class);
    rig.translator();
    rig.datapath("ovs", true);
    MemorySource source = shop();
    Settled settled = rig.settle();
    InForce event = poll(heard);
    while (event.revision() < settled.revision()) {
      event = poll(heard);
    }
    assertEquals("ovs", event.datapath());
    assertTrue(event.enforcing());
    heard.clear();
    source.put(Rig.pod("shop", "new", "web", "10.0.0.3"));
    InForce next = poll(heard);
    assertTrue(next.revision() > settled.revision());
    assertTrue(next.nanos() > 0, "the time since the event was sent");
  }

  @Test
  void countersAndFlowsAreByPolicy() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop().put(LabelDialect.policy("shop", "closed", Map.of("app", "db", "from", "web")));
    rig.settle();
    List<Long> rules =
        Stages.get(rig.control().rules()).stream()
            .filter(rule -> rule.policy().equals(CLOSED))
            .map(Rule::id)
            .toList();
    datapath.counters(rules.stream().map(id -> new RuleCounter(id, 21, 0)).toList());
    assertEquals(21L * rules.size(), policy().packets());
    assertEquals(1, policy().subjects());
    assertEquals(rules.size(), Stages.get(rig.control().flows(CLOSED)).size());
    PolicyRef unknown = new PolicyRef("NetworkPolicy", "shop", "none");
    assertInstanceOf(IllegalArgumentException.class, Stages.failure(rig.control().flows(unknown)));
  }

  @Test
  void bindingsAreShownWithTheirEndpoints() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop();
    rig.settle();
    datapath.status(HandDatapath.ready(Map.of(new EndpointId("shop", "db", ""), "port 7")));
    assertEquals("port 7", Stages.get(rig.control().endpoints()).getFirst().binding());
    assertEquals("", Stages.get(rig.control().endpoints()).getLast().binding());
    assertTrue(Stages.get(rig.control().groups()).getFirst().isDefault());
  }

  // Stores.

  @Test
  void aStoreThatFailsOrHangsDelaysNothing() throws InterruptedException {
    HandStore failing = new HandStore();
    failing.fail(new IOException("disk full"));
    HandStore hanging = new HandStore();
    hanging.hold();
    rig.agent().bind(failing, "failing", true);
    rig.agent().bind(hanging, "hanging", true);
    rig.translator();
    rig.datapath("ovs", true);
    MemorySource source = shop();
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    Status status = rig.await("it is said", seen -> !seen.problems().isEmpty());
    assertTrue(status.problems().getFirst().message().contains("not durable: disk full"));
    assertEquals(Status.Readiness.IN_FORCE, status.readiness());
    failing.fail(null);
    rig.await("it is written again", seen -> failing.complete() && failing.held().size() == 3);
    assertEquals(List.of(), failing.breaches());
  }

  // Denials.

  @Test
  void aDenialNamesThePoliciesAndTheMissingAllow() throws InterruptedException {
    BlockingQueue<DeniedFlow> heard = listen(DeniedFlow.ADDRESS, DeniedFlow.class);
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop().put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    Denial denial = denial();
    datapath.observer().orElseThrow().denied(denial);
    DeniedFlow flow = poll(heard);
    assertEquals(denial, flow.denial());
    assertEquals(List.of(CLOSED), flow.policies());
    assertFalse(flow.missing().isEmpty());
    assertEquals("shop/web (10.0.0.1)", flow.from());
    assertEquals("shop/db (10.0.0.2)", flow.to());
    assertTrue(flow.hint().contains("app: web"), flow.hint());
    String line = Denials.line(flow);
    assertTrue(line.contains("ingress of shop/db: 10.0.0.1 to 10.0.0.2 80/TCP"), line);
    assertTrue(line.contains("by NetworkPolicy/shop/closed"), line);
  }

  private static Denial denial() {
    return new Denial(
        Optional.of(new EndpointId("shop", "db", "")),
        Direction.INGRESS,
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("10.0.0.2"),
        6,
        80,
        Optional.of(1L),
        "isolated");
  }

  @Test
  void aFloodOfDenialsIsCountedAndSuppressed() {
    Settings quiet = Rig.settings("");
    rig.agent()
        .configure(
            new Settings(
                quiet.node(), quiet.addresses(), "", quiet.grace(), 0, Rig.TAKEOVER, List.of()));
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop();
    rig.settle();
    for (int i = 0; i < 500; i++) {
      datapath.observer().orElseThrow().denied(denial());
    }
    assertEquals(500, rig.status().counters().get(Counters.DENIALS));
    assertEquals(500, rig.status().counters().get(Counters.DENIALS_SUPPRESSED));
  }

  // The host.

  @Test
  void theHostsAddressesAreLookedUpWhenSettling() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop();
    rig.settle();
    assertEquals(
        Set.of(IpAddress.parse("192.0.2.1")),
        datapath.state().addressSets().get(Snapshot.NODE_ADDRESSES));
    rig.interfaces(Set.of(IpAddress.parse("192.0.2.7")));
    rig.settle();
    assertEquals(
        Set.of(IpAddress.parse("192.0.2.7")),
        datapath.state().addressSets().get(Snapshot.NODE_ADDRESSES));
    Set<IpAddress> listed = Set.of(IpAddress.parse("2001:db8::1"));
    Settings base = Rig.settings("");
    rig.agent()
        .configure(
            new Settings(
                base.node(), Optional.of(listed), "", base.grace(), 10, Rig.TAKEOVER, List.of()));
    rig.settle();
    assertEquals(listed, datapath.state().addressSets().get(Snapshot.NODE_ADDRESSES));
  }

  @Test
  void anotherNodeNameIsARehome() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    shop().put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    assertEquals(2, datapath.state().endpoints().size());
    Settings base = Rig.settings("");
    rig.agent()
        .configure(
            new Settings(
                "worker-2", base.addresses(), "", base.grace(), 10, Rig.TAKEOVER, List.of()));
    Settled settled = rig.settle();
    assertEquals("worker-2", rig.status().node());
    assertEquals(0, datapath.state().endpoints().size());
    assertEquals(settled.revision(), datapath.state().revision());
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"), "policies are known as before");
    assertEquals(
        Set.of(IpAddress.parse("192.0.2.1")),
        datapath.state().addressSets().get(Snapshot.NODE_ADDRESSES));
  }

  @Test
  void addressesThatAreNoneAreAProblemAndTheInterfacesAreUsed() {
    Settings settings =
        Settings.of(
            new NodeConfigValue("", "10.0.0.1, nonsense"), new EngineConfigValue(), "host-a");
    assertEquals("host-a", settings.node());
    assertEquals(Optional.empty(), settings.addresses());
    rig.agent().configure(settings);
    assertTrue(rig.status().problems().toString().contains("'nonsense'"));
    assertEquals(
        Optional.of(Set.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("fd00::1"))),
        Settings.of(
                new NodeConfigValue("n", "10.0.0.1, fd00::1"), new EngineConfigValue(), "host-a")
            .addresses());
  }

  @Test
  void numbersThatAreNoneAreProblemsAndTheOtherKeysApply() {
    Settings settings =
        Settings.of(
            new NodeConfigValue("n", "auto"),
            new EngineConfigValue("ovs", "abc", "-4", "0"),
            "host-a");
    assertEquals("ovs", settings.datapath());
    assertEquals(Duration.ZERO, settings.grace());
    assertEquals(10, settings.denialsPerSecond());
    rig.agent().configure(settings);
    String problems = rig.status().problems().toString();
    assertTrue(problems.contains("syncGrace"), problems);
    assertTrue(problems.contains("'-4'"), problems);
    assertEquals(Duration.ofSeconds(30), settings.takeover());
    assertTrue(problems.contains("takeoverSeconds"), problems);
    Settings read =
        Settings.of(
            new NodeConfigValue("n", "auto"),
            new EngineConfigValue("", " 30 ", "0", "5"),
            "host-a");
    assertEquals(Duration.ofSeconds(30), read.grace());
    assertEquals(0, read.denialsPerSecond());
    assertEquals(Duration.ofSeconds(5), read.takeover());
    assertEquals(List.of(), read.problems());
  }

  private record NodeConfigValue(String name, String addresses) implements NodeConfig {
    @Override
    public Class<NodeConfig> annotationType() {
      return NodeConfig.class;
    }
  }

  private record EngineConfigValue(
      String datapath,
      String syncGrace,
      String denialsPerSecond,
      String takeoverSeconds,
      String copyAfter,
      String forget,
      String lintIgnore,
      String lintInterval)
      implements EngineConfig {
    EngineConfigValue(
        String datapath, String syncGrace, String denialsPerSecond, String takeoverSeconds) {
      this(datapath, syncGrace, denialsPerSecond, takeoverSeconds, "5", "", "", "300");
    }

    EngineConfigValue() {
      this("", "0", "10", "30");
    }

    @Override
    public Class<EngineConfig> annotationType() {
      return EngineConfig.class;
    }
  }
}
