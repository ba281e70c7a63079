package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.NotSettledException;
import io.sluice.api.control.Settled;
import io.sluice.api.control.Status;
import io.sluice.api.control.Verdict;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Problem;
import io.sluice.kit.source.MemorySource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What settle waits for, and what it refuses. */
class SettleTest extends AgentScene {
  @Test
  void settleMeansInForce() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    MemorySource source = shop();
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db")));
    Settled settled = rig.settle();
    assertEquals("ovs", settled.datapath());
    assertTrue(settled.enforcing());
    assertTrue(datapath.confirmed().contains(settled.revision()));
    assertEquals(Verdict.DENY, verdict("shop/web", "shop/db"));
    source.put(LabelDialect.policy("shop", "closed", Map.of("app", "db", "from", "web")));
    assertTrue(rig.settle().revision() > settled.revision());
    assertEquals(Verdict.ALLOW, verdict("shop/web", "shop/db"));
    Status status = rig.status();
    assertEquals(Status.Readiness.IN_FORCE, status.readiness());
    assertEquals(List.of(), status.problems());
    assertEquals(status.revision(), status.inForce());
    assertEquals(Rig.NODE, status.node());
  }

  @Test
  void withoutAnEnforcingDatapathTheOneInMemoryCounts() {
    rig.translator();
    rig.datapath("memory", false);
    shop();
    Settled settled = rig.settle();
    assertEquals("memory", settled.datapath());
    assertFalse(settled.enforcing());
    assertEquals(Status.Readiness.SYNCED, rig.status().readiness(), "nothing enforces");
  }

  @Test
  void settleFailsWithoutAnyDatapath() {
    rig.translator();
    shop();
    assertTrue(why(SHORT).contains("no datapath is bound"));
  }

  @Test
  void settleFailsWithoutAnySourceOrTranslator() {
    rig.datapath("memory", false);
    assertTrue(why(SHORT).contains("no source is bound"));
    shop();
    assertTrue(why(SHORT).contains("no translator is bound"));
  }

  @Test
  void settleFailsIfTheConfiguredDatapathIsNotThere() {
    rig.agent().configure(Rig.settings("ovs"));
    rig.translator();
    rig.datapath("memory", false);
    shop();
    assertTrue(why(SHORT).contains("'ovs' is not bound"));
  }

  @Test
  void settleFailsAtOnceWhenContactIsLost() {
    rig.translator();
    rig.datapath("memory", false);
    MemorySource source = shop();
    rig.settle();
    source.loseContact();
    assertTrue(why(Rig.LONG).contains("has lost contact"));
    source.regainContact();
    rig.settle();
  }

  @Test
  void settleNamesRefusedInput() {
    rig.translator();
    rig.datapath("memory", false);
    MemorySource source = shop();
    rig.settle();
    Problem problem =
        new Problem("shop.yaml", "Namespace/shop", "metadata.labels", "is odd", "mend it");
    source.spoil(Namespace.key("shop"), problem);
    NotSettledException failure = rig.notSettled(Rig.LONG);
    assertEquals(List.of(problem), failure.problems());
    assertTrue(String.valueOf(failure.getMessage()).contains("refuses input"));
    assertTrue(rig.status().problems().contains(problem));
  }

  @Test
  void settleNamesARejectedPolicy() {
    rig.translator();
    rig.datapath("memory", false);
    shop().put(LabelDialect.policy("shop", "closed", Map.of("broken", true, "app", "db")));
    NotSettledException failure = rig.notSettled(Rig.LONG);
    Problem first = failure.problems().getFirst();
    assertEquals("closed.yaml", first.origin());
    assertEquals("NetworkPolicy/shop/closed", first.object());
    assertEquals("spec.broken", first.field());
    assertEquals("mend it", first.remedy());
  }

  @Test
  void settleFailsWithTheProblemsOfADatapathThatRefuses() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    Problem problem = new Problem("br0", "", "", "fails open", "set fail_mode=secure");
    datapath.status(
        new DatapathStatus(
            DatapathStatus.State.REFUSED, "br0", List.of(problem), Map.of(), Map.of()));
    shop();
    NotSettledException failure = rig.notSettled(SHORT);
    assertEquals(List.of(problem), failure.problems());
    datapath.status(HandDatapath.ready(Map.of()));
    datapath.observer().orElseThrow().statusChanged();
    rig.settle();
  }

  @Test
  void settleWaitsForTheAcknowledgement() {
    rig.translator();
    HandDatapath datapath = rig.datapath("ovs", true);
    MemorySource source = shop();
    rig.settle();
    datapath.hold();
    source.put(Rig.pod("shop", "new", "web", "10.0.0.3"));
    String message = why(SHORT);
    assertTrue(message.contains("is in force there"), message);
    datapath.release(true);
    rig.settle();
  }
}
