package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Component;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Reporter;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The agent in numbers. */
class MeasurementsTest extends AgentScene {
  private Measurements measure() {
    return Stages.get(rig.control().measurements());
  }

  private static Component component(Measurements now, String kind) {
    return now.components().stream()
        .filter(one -> one.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " in " + now));
  }

  @Test
  void eventsAreCountedBySourceAndKind() {
    rig.translator();
    rig.datapath("ovs", true);
    MemorySource source = shop();
    rig.settle();
    Map<Measurements.Events, Long> before = measure().events();
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.settle();
    Measurements after = measure();
    Measurements.Events policies = new Measurements.Events("memory", ResourceKind.NETWORK_POLICY);
    assertEquals(before.getOrDefault(policies, 0L) + 1, after.events().get(policies));
    assertEquals(
        after.counters().get(Counters.EVENTS),
        after.events().values().stream().mapToLong(Long::longValue).sum());
    assertEquals(1, after.sizes().get("policiesActive"));
    assertEquals(Status.Readiness.IN_FORCE, after.readiness());
    assertEquals(Duration.ZERO, after.lag());
    assertEquals(after.revision(), after.inForce());
  }

  @Test
  void whatIsNotInForceLags() throws InterruptedException {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    MemorySource source = shop();
    rig.settle();
    datapath.hold();
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    rig.await("it is handed over", status -> datapath.outstanding());
    assertFalse(measure().lag().isZero());
    datapath.release(true);
    rig.settle();
    assertEquals(Duration.ZERO, measure().lag());
  }

  @Test
  void aSourceThatHasLostContactGrowsOld() throws InterruptedException {
    rig.translator();
    rig.datapath("ovs", true);
    MemorySource source = shop();
    rig.settle();
    assertEquals(0, component(measure(), "source").numbers().get(Component.CONTACT_AGE));
    source.loseContact();
    rig.await(
        "it is said",
        status ->
            status.components().stream()
                .anyMatch(
                    one ->
                        one.state().equals(SourceStatus.State.LOST.name().toLowerCase())
                            && one.numbers().getOrDefault(Component.CONTACT_AGE, 0L) > 1));
    assertEquals(Status.Readiness.IN_FORCE, measure().readiness(), "what was known is in force");
  }

  @Test
  void aStoreThatFailsFallsBehind() throws InterruptedException {
    HandStore store = new HandStore();
    store.fail(new java.io.IOException("disk full"));
    rig.agent().bind(store, "failing", true);
    shop();
    rig.await(
        "it is said",
        status ->
            status.components().stream()
                .anyMatch(one -> one.numbers().getOrDefault(Component.UNWRITTEN_AGE, 0L) > 1));
    store.fail(null);
    rig.await(
        "it is written",
        status ->
            status.components().stream()
                .anyMatch(one -> one.numbers().getOrDefault(Component.UNWRITTEN_AGE, 1L) == 0));
  }

  @Test
  void countersAreThoseOfTheChosenDatapath() {
    rig.translator();
    List<RuleCounter> counted = List.of(new RuleCounter(1, 2, 3));
    rig.datapath("ovs", true).counters(counted);
    rig.datapath("memory", false);
    shop();
    rig.settle();
    assertEquals(counted, Stages.get(rig.control().counters()));
  }

  @Test
  void reportersAreSeenAndOneThatThrowsHidesNobody() {
    Problem problem = new Problem("log", "", "", "disk full", "make room");
    Reporter good =
        () -> new Component("log", "denials", "failing", "5 lost", List.of(problem), Map.of());
    Reporter bad =
        () -> {
          throw new IllegalStateException("no report");
        };
    rig.agent().bind(bad);
    rig.agent().bind(good);
    Status status = rig.status();
    assertTrue(status.problems().contains(problem));
    assertEquals("failing", component(measure(), "log").state());
    assertEquals("failed", component(measure(), "reporter").state());
    rig.agent().unbind(bad);
    rig.agent().unbind(good);
    assertEquals(List.of(), measure().components());
  }
}
