package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.DatapathInfo.State;
import io.sluice.api.control.ReleaseResult;
import io.sluice.engine.host.HandDatapath.Handed;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private final Cast cast = new Cast(7);

  @AfterEach
  void contractsWereKept() {
    cast.bound.values().forEach(one -> assertEquals(List.of(), one.breaches()));
  }

  private HandDatapath chosen(String name) {
    HandDatapath first = cast.bind(name, 0);
    cast.datapaths.open();
    cast.loop.turn();
    assertEquals(name, cast.chosen());
    assertEquals(cast.revision(), cast.datapaths.inForce());
    return first;
  }

  private void assertStaysFed(String name) {
    cast.update();
    assertEquals(name, cast.chosen());
    HandDatapath datapath = cast.bound.get(name);
    if (datapath == null) {
      throw new AssertionError("not bound: " + name);
    }
    assertFalse(datapath.released());
    assertEquals(cast.revision(), datapath.state().revision(), name + " is fed");
    assertEquals(cast.revision(), cast.datapaths.inForce());
  }

  private void assertRejected(HandDatapath datapath, String name, String reason) {
    assertEquals(State.REJECTED, cast.state(name));
    String problem = cast.info(name).problems().getFirst().toString();
    assertTrue(problem.contains(reason), problem);
    assertTrue(problem.contains(name + ".jar"), problem);
    assertTrue(problem.contains("'sluice:datapath use " + name + "'"), problem);
    assertFalse(datapath.holds(), "no stale rules stay behind");
  }

  // Taking over.

  @Test
  void aBetterOneTakesOverAndTheFormerIsReleasedAndFedNoMore() {
    HandDatapath old = chosen("old");
    HandDatapath better = cast.bind("better", 5);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("better", cast.chosen());
    assertEquals(State.RELEASED, cast.state("old"));
    assertTrue(old.released());
    int fed = old.handed().size();
    assertStaysFed("better");
    assertEquals(fed, old.handed().size());
    assertEquals(List.of("better"), cast.remembered);
    assertInstanceOf(Handed.Whole.class, better.handed().getFirst());
  }

  @Test
  void anEqualOrLesserOneWaitsAndIsToldNothing() {
    chosen("old");
    HandDatapath equal = cast.bind("equal", 0);
    HandDatapath lesser = cast.bind("lesser", -1);
    cast.passLong();
    assertStaysFed("old");
    assertEquals(List.of(), equal.handed());
    assertEquals(List.of(), lesser.handed());
    assertEquals(State.STANDBY, cast.state("equal"));
  }

  @Test
  void whileBothRunBothAreFedAndInForceIsInForceAtBoth() {
    HandDatapath old = chosen("old");
    long before = cast.datapaths.inForce();
    HandDatapath better = new HandDatapath();
    better.confirms(false);
    cast.bind(better, "better", 5);
    cast.update();
    cast.update();
    assertEquals(State.TAKING_OVER, cast.state("better"));
    assertEquals(cast.revision(), old.state().revision());
    assertEquals(cast.revision(), better.state().revision());
    assertEquals(before, cast.datapaths.inForce(), "what was in force before it came");
    assertFalse(old.released());
    assertEquals(List.of("old", "better"), cast.remembered);
  }

  @Test
  void theFormerIsKeptUntilTheNewOneHasCaughtUp() {
    HandDatapath old = chosen("old");
    HandDatapath better = new HandDatapath();
    better.confirms(false);
    cast.bind(better, "better", 5);
    better.hold();
    cast.update();
    cast.update();
    better.confirms(true);
    cast.pass(Duration.ofSeconds(2));
    assertFalse(old.released(), "the new one lacks what the old one has");
    assertEquals("old", cast.chosen());
  }

  @Test
  void updatesThatNeverEndDoNotKeepItFromTakingOver() {
    HandDatapath old = chosen("old");
    cast.bind("better", 5);
    for (int i = 0; i < 200 && !old.released(); i++) {
      cast.datapaths.offer(cast.revisions.next());
      cast.pass(Duration.ofMillis(10));
    }
    assertEquals("better", cast.chosen());
    assertStaysFed("better");
  }

  @Test
  void onANodeWithoutPodsATakeoverWaitsForAPod() {
    while (!cast.revisions.snapshot().endpoints().isEmpty()) {
      cast.revisions.next();
    }
    chosen("old");
    HandDatapath blind = new HandDatapath();
    blind.sees(endpoint -> false);
    cast.bind(blind, "blind", 5);
    cast.passLong();
    assertEquals(State.STANDBY, cast.state("blind"));
    while (cast.revisions.snapshot().endpoints().isEmpty()) {
      cast.update();
    }
    assertRejected(blind, "blind", "does not cover");
    assertStaysFed("old");
  }

  @Test
  void onANodeThatLostItsPodsInTheMiddleNobodyElseGetsTheTurnUnseen() {
    chosen("old");
    HandDatapath slow = new HandDatapath();
    slow.confirms(false);
    cast.bind(slow, "slow", 3);
    assertEquals(State.TAKING_OVER, cast.state("slow"));
    while (!cast.revisions.snapshot().endpoints().isEmpty()) {
      cast.update();
    }
    HandDatapath blind = new HandDatapath();
    blind.sees(endpoint -> false);
    cast.bind(blind, "blind", 5);
    cast.passLong();
    assertEquals(State.STANDBY, cast.state("blind"));
    assertEquals(List.of(), blind.handed());
    assertStaysFed("old");
  }

  // What is rejected.

  @Test
  void oneThatCoversLessIsRejectedWithoutBeingFed() {
    chosen("old");
    HandDatapath blind = new HandDatapath();
    String missing = cast.revisions.snapshot().endpoints().getFirst().id().path();
    blind.sees(endpoint -> !endpoint.path().equals(missing));
    cast.bind(blind, "blind", 5);
    assertRejected(blind, "blind", "does not cover " + missing + " (not wired here)");
    assertEquals(List.of(), blind.handed());
    assertStaysFed("old");
  }

  @Test
  void oneThatNeedNotCoverWhatTheFormerDoesNotCover() {
    HandDatapath old = new HandDatapath();
    old.sees(endpoint -> endpoint.name().endsWith("1"));
    cast.bind(old, "old", 0);
    cast.datapaths.open();
    cast.loop.turn();
    HandDatapath better = new HandDatapath();
    better.sees(endpoint -> endpoint.name().endsWith("1"));
    cast.bind(better, "better", 5);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("better", cast.chosen());
  }

  @Test
  void oneThatThrowsWhenAskedIsRejected() {
    chosen("old");
    HandDatapath rude = new HandDatapath();
    rude.coversThrows(true);
    cast.bind(rude, "rude", 5);
    assertRejected(rude, "rude", "can't say whose traffic it sees: asked too much");
    assertStaysFed("old");
  }

  @Test
  void oneThatNeverConfirmsIsRejectedWhenTheTimeIsOverAndReleased() {
    chosen("old");
    HandDatapath silent = new HandDatapath();
    silent.confirms(false);
    cast.bind(silent, "silent", 5);
    assertStaysFedBeside("old");
    cast.passLong();
    assertRejected(silent, "silent", "took a snapshot and did not confirm it within 30 s");
    assertTrue(silent.released());
    assertStaysFed("old");
    assertEquals(List.of("old"), cast.remembered);
  }

  private void assertStaysFedBeside(String name) {
    cast.update();
    assertEquals(name, cast.chosen());
  }

  @Test
  void oneThatFailsToTakeTheSnapshotIsRejectedWithTheCause() {
    chosen("old");
    HandDatapath full = new HandDatapath();
    full.hold();
    full.failAll(new IOException("no space in the table"));
    cast.bind(full, "full", 5);
    for (int i = 0; i < 40; i++) {
      if (full.outstanding()) {
        full.acknowledge();
      }
      cast.pass(Duration.ofSeconds(1));
    }
    assertRejected(full, "full", "took no snapshot within 30 s");
    assertTrue(cast.info("full").problems().getFirst().message().contains("no space"));
    assertStaysFed("old");
  }

  @Test
  void oneThatClaimsCoverageItHasNotIsRejected() {
    chosen("old");
    HandDatapath boaster = new HandDatapath();
    boaster.binds(false);
    cast.bind(boaster, "boaster", 5);
    cast.passLong();
    assertRejected(boaster, "boaster", "shows no binding of it within 30 s");
    assertTrue(boaster.released());
    assertStaysFed("old");
  }

  @Test
  void oneThatWasRejectedIsNotTriedAgainByItself() {
    chosen("old");
    HandDatapath silent = new HandDatapath();
    silent.confirms(false);
    cast.bind(silent, "silent", 5);
    cast.passLong();
    int handed = silent.handed().size();
    silent.confirms(true);
    cast.pass(Duration.ofHours(1));
    cast.update();
    assertEquals(handed, silent.handed().size());
    CompletionStage<DatapathInfo> outcome = cast.orders.use("silent");
    cast.pass(Duration.ofSeconds(1));
    assertEquals(State.CHOSEN, Stages.get(outcome).state());
    assertEquals("silent", cast.chosen());
  }

  @Test
  void oneThatWasRejectedIsTriedAgainWhenItsPropertiesOrTheNameChange() {
    chosen("old");
    HandDatapath rude = new HandDatapath();
    rude.coversThrows(true);
    cast.bind(rude, "rude", 5);
    cast.datapaths.configure("rude");
    cast.loop.turn();
    assertRejected(rude, "rude", "asked too much");
    rude.coversThrows(false);
    cast.datapaths.modified(new Candidate("rude", true, 5, 2, "rude.jar"), rude);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("rude", cast.chosen());
  }

  @Test
  void anotherOneThatIsBetterTakesOverAfterTheBestWasRejected() {
    chosen("old");
    HandDatapath rude = new HandDatapath();
    rude.coversThrows(true);
    cast.bind(rude, "rude", 9);
    cast.bind("better", 5);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("better", cast.chosen());
    assertEquals(State.REJECTED, cast.state("rude"));
  }

  // Disturbances.

  @Test
  void theNewOneDisappearsInTheMiddle() {
    chosen("old");
    HandDatapath better = new HandDatapath();
    better.confirms(false);
    cast.bind(better, "better", 5);
    cast.unbind("better");
    assertFalse(better.released(), "nothing is told to what is gone");
    assertStaysFed("old");
    assertTrue(cast.problems().contains("datapath better: frozen"), cast.problems());
    assertEquals(List.of("old", "better"), cast.remembered);
    HandDatapath back = cast.bind("better", 5);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("better", cast.chosen());
    assertTrue(back.holds());
  }

  @Test
  void theFormerDisappearsInTheMiddleAndIsReleasedWhenItIsBack() {
    HandDatapath old = chosen("old");
    HandDatapath better = new HandDatapath();
    better.hold();
    cast.bind(better, "better", 5);
    cast.datapaths.configure("better");
    cast.loop.turn();
    cast.unbind("old");
    assertEquals("", cast.chosen());
    assertFalse(better.released());
    assertFalse(old.released());
    better.release(true);
    cast.update();
    cast.passLong();
    assertEquals("better", cast.chosen(), cast.problems());
    assertTrue(better.holds());
    assertTrue(cast.problems().contains("datapath old: frozen"), cast.problems());
    assertEquals(List.of("better", "old"), cast.remembered);
    HandDatapath back = cast.bind("old", 0);
    cast.pass(Duration.ofSeconds(1));
    assertTrue(back.released(), "its rules would go on dropping what newer ones allow");
    assertEquals(List.of(), back.handed());
    assertEquals(List.of("better"), cast.remembered);
  }

  @Test
  void theConfigurationChangesInTheMiddle() {
    HandDatapath old = chosen("old");
    HandDatapath better = new HandDatapath();
    better.confirms(false);
    cast.bind(better, "better", 5);
    HandDatapath third = cast.bind("third", 1);
    assertEquals(State.TAKING_OVER, cast.state("better"));
    cast.datapaths.configure("third");
    cast.pass(Duration.ofSeconds(1));
    assertEquals("third", cast.chosen());
    assertTrue(better.released());
    assertTrue(old.released());
    assertTrue(third.holds());
    assertEquals(State.RELEASED, cast.state("better"), "it was not rejected");
  }

  @Test
  void theTimeLimitChangesInTheMiddle() {
    chosen("old");
    HandDatapath silent = new HandDatapath();
    silent.confirms(false);
    cast.bind(silent, "silent", 5);
    cast.datapaths.limit(Duration.ofSeconds(2));
    cast.pass(Duration.ofSeconds(3));
    assertRejected(silent, "silent", "within 2 s");
  }

  @Test
  void revisionsBeginAnewInTheMiddle() {
    chosen("old");
    HandDatapath better = new HandDatapath();
    better.confirms(false);
    cast.bind(better, "better", 5);
    cast.datapaths.restart();
    better.confirms(true);
    cast.pass(Duration.ofSeconds(1));
    assertEquals("better", cast.chosen());
    assertStaysFed("better");
  }

  @Test
  void aReleaseThatFailsIsToldAndTriedUntilItIsDone() {
    HandDatapath old = chosen("old");
    old.failReleases(3);
    cast.bind("better", 5);
    cast.pass(Duration.ofMillis(150));
    assertEquals("better", cast.chosen());
    assertEquals(State.RELEASING, cast.state("old"));
    assertTrue(
        cast.problems().contains("its rules could not be removed: the switch does not answer"),
        cast.problems());
    assertEquals(List.of("better", "old"), cast.remembered);
    cast.pass(Duration.ofSeconds(10));
    assertEquals(State.RELEASED, cast.state("old"));
    assertTrue(old.released());
    assertEquals(List.of("better"), cast.remembered);
  }

  @Test
  void anAnswerThatComesAfterTheReleaseMeansAnotherRelease() {
    chosen("old");
    HandDatapath slow = new HandDatapath();
    slow.hold();
    cast.bind(slow, "slow", 5);
    cast.passLong();
    assertEquals(State.REJECTED, cast.state("slow"));
    assertTrue(slow.released());
    slow.acknowledge();
    assertTrue(slow.holds(), "it has programmed what it was given before");
    cast.loop.turn();
    assertTrue(slow.released());
    assertFalse(slow.holds());
  }

  // Frozen.

  @Test
  void anUpdateOfTheBundleResumesAndChangesNothing() {
    chosen("old");
    cast.bind("lesser", -1);
    cast.unbind("old");
    cast.pass(Duration.ofSeconds(5));
    cast.update();
    HandDatapath back = cast.bind("old", 0);
    assertEquals("old", cast.chosen());
    assertInstanceOf(Handed.Whole.class, back.handed().getFirst());
    assertStaysFed("old");
    assertEquals(State.STANDBY, cast.state("lesser"));
  }

  @Test
  void anotherTakesAFrozenSeatWhenItWasWaitedForAndCovers() {
    HandDatapath old = chosen("old");
    HandDatapath lesser = cast.bind("lesser", -1);
    cast.unbind("old");
    cast.pass(Duration.ofSeconds(20));
    assertEquals(List.of(), lesser.handed());
    cast.pass(Duration.ofSeconds(20));
    assertEquals("lesser", cast.chosen());
    assertFalse(old.released());
    assertTrue(cast.problems().contains("datapath old: frozen"), cast.problems());
    assertStaysFed("lesser");
  }

  @Test
  void oneThatDoesNotCoverWhatTheFrozenOneCoveredDoesNotGetItsSeat() {
    chosen("old");
    HandDatapath blind = new HandDatapath();
    blind.sees(endpoint -> false);
    cast.bind(blind, "blind", -1);
    cast.unbind("old");
    cast.passLong();
    assertEquals("", cast.chosen());
    assertRejected(blind, "blind", "does not cover");
  }

  @Test
  void afterARestartTheSeatBelongsToWhoHadItEvenIfAnotherIsBoundFirst() {
    Cast next = new Cast(7, "old", "failed");
    HandDatapath blind = new HandDatapath();
    blind.sees(endpoint -> false);
    next.bind(blind, "blind", 9);
    next.datapaths.open();
    next.passLong();
    assertEquals("", next.chosen());
    assertEquals(State.REJECTED, next.state("blind"));
    assertEquals(List.of("old", "failed"), next.remembered);
    HandDatapath old = next.bind("old", 0);
    assertEquals("old", next.chosen());
    HandDatapath failed = next.bind("failed", 0);
    next.pass(Duration.ofSeconds(1));
    assertTrue(failed.released(), "rules of an earlier life are removed");
    assertTrue(old.holds());
    assertEquals(List.of("old"), next.remembered);
  }

  @Test
  void rulesFromEarlierStayWhereOnlyTheyCoverAPod() {
    Cast next = new Cast(7, "small", "wide");
    HandDatapath small = new HandDatapath();
    String only = next.revisions.snapshot().endpoints().getFirst().id().path();
    small.sees(endpoint -> !endpoint.path().equals(only));
    next.bind(small, "small", 0);
    HandDatapath wide = next.bind("wide", 0);
    next.datapaths.open();
    next.pass(Duration.ofSeconds(1));
    assertEquals("small", next.chosen());
    assertFalse(wide.released());
    assertTrue(next.problems().contains("only it covers " + only), next.problems());
  }

  // Orders.

  @Test
  void useFailsWithTheReasonIfItIsRejected() {
    chosen("old");
    HandDatapath rude = new HandDatapath();
    rude.coversThrows(true);
    cast.bind(rude, "rude", -1);
    CompletionStage<DatapathInfo> outcome = cast.orders.use("rude");
    cast.loop.turn();
    DatapathInfo info = Stages.get(outcome);
    assertEquals(State.REJECTED, info.state());
    assertTrue(info.problems().getFirst().message().contains("asked too much"));
    assertStaysFed("old");
  }

  @Test
  void whatIsUsedHoldsUntilTheConfigurationNamesAnother() {
    chosen("old");
    cast.bind("lesser", -1);
    CompletionStage<DatapathInfo> outcome = cast.orders.use("lesser");
    cast.pass(Duration.ofSeconds(1));
    assertEquals(State.CHOSEN, Stages.get(outcome).state());
    assertStaysFed("lesser");
    cast.datapaths.configure("old");
    cast.pass(Duration.ofSeconds(1));
    assertStaysFed("old");
  }

  @Test
  void releaseRemovesEverythingAndFeedsNothingUntilOneIsUsed() {
    HandDatapath old = chosen("old");
    HandDatapath other = cast.bind("other", -1);
    CompletionStage<List<ReleaseResult>> results = cast.orders.release();
    cast.loop.turn();
    assertEquals(
        List.of(true, true), Stages.get(results).stream().map(ReleaseResult::removed).toList());
    assertTrue(old.released());
    assertTrue(other.released());
    assertEquals(List.of(), cast.remembered);
    int handed = old.handed().size();
    cast.update();
    cast.bind("better", 5);
    cast.passLong();
    assertEquals("", cast.chosen());
    assertEquals(handed, old.handed().size());
    assertTrue(cast.problems().contains("NOTHING IS ENFORCED"), cast.problems());
    CompletionStage<DatapathInfo> outcome = cast.orders.use("old");
    cast.loop.turn();
    assertEquals(State.CHOSEN, Stages.get(outcome).state());
    assertStaysFed("old");
  }

  @Test
  void aReleaseThatFailsIsAResult() {
    HandDatapath old = chosen("old");
    old.failReleases(2);
    CompletionStage<List<ReleaseResult>> results = cast.orders.release();
    cast.loop.turn();
    ReleaseResult result = Stages.get(results).getFirst();
    assertFalse(result.removed());
    assertTrue(result.detail().contains("the switch does not answer"), result.detail());
    cast.pass(Duration.ofSeconds(2));
    assertTrue(old.released());
  }
}
