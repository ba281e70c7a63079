package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.EndpointInfo;
import io.sluice.api.policy.PolicyTranslator;
import io.sluice.api.policy.Translation;
import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SessionClosedException;
import io.sluice.api.source.SourceStatus;
import io.sluice.engine.host.HandSource.Opened;
import io.sluice.kit.Stages;
import io.sluice.kit.source.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final Rig rig = new Rig();
  private final HandSource source = new HandSource();

  @BeforeEach
  void bind() {
    rig.agent().bind(source, "hand");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<String> pods() {
    return Stages.get(rig.control().endpoints()).stream()
        .map(EndpointInfo::endpoint)
        .map(Endpoint::path)
        .toList();
  }

  @Test
  void theReplyIsTheCredit() throws InterruptedException {
    Opened session = source.next();
    Stages.get(session.send(1, 0, false, Rig.pod("shop", "a", "web", "10.0.0.1")));
    assertEquals(List.of("shop/a"), pods(), "consumed when credit is given");
    Stages.get(session.send(1, 1, true, Rig.pod("shop", "b", "web", "10.0.0.2")));
    assertEquals(List.of("shop/a", "shop/b"), pods());
  }

  @Test
  void noCreditIsGivenWhileTheEngineIsBusy() throws InterruptedException {
    Opened session = source.next();
    Stages.get(session.send(1, 0, true));
    Busy busy = new Busy();
    rig.agent().bind(busy, "busy", 0, 1);
    Opened claiming = source.next();
    CompletionStage<Void> slow = claiming.send(1, 0, false, busy.policy());
    busy.awaitBegun();
    assertThrows(
        TimeoutException.class, () -> slow.toCompletableFuture().get(100, TimeUnit.MILLISECONDS));
    busy.letGo();
    Stages.get(slow);
  }

  @Test
  void whatIsDrainedInOneTurnIsOneRevision() throws InterruptedException {
    Busy busy = new Busy();
    rig.agent().bind(busy, "busy", 0, 1);
    List<Opened> sessions = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HandSource other = new HandSource();
      rig.agent().bind(other, "other-" + i);
      Opened session = other.next();
      Stages.get(session.send(1, 0, true));
      sessions.add(session);
    }
    Opened first = source.next();
    while (!first.request().claimed().contains(LabelDialect.KIND)) {
      first = source.next();
    }
    Stages.get(first.send(1, 0, true));
    HandDatapath datapath = rig.datapath("memory", false);
    rig.await("in force", status -> status.inForce() > 0);
    long before = rig.status().revision();
    int handed = datapath.handed().size();
    List<CompletionStage<Void>> credits = new ArrayList<>();
    credits.add(first.send(1, 1, true, busy.policy()));
    busy.awaitBegun();
    for (int i = 0; i < sessions.size(); i++) {
      credits.add(sessions.get(i).send(1, 1, true, Rig.pod("shop", "p" + i, "web", "10.0.0." + i)));
    }
    Thread.sleep(100); // The bus may take its time; what comes later may be a revision of its own.
    busy.letGo();
    credits.forEach(Stages::get);
    rig.await("in force", status -> status.inForce() == status.revision());
    assertEquals(20, pods().size());
    long revisions = rig.status().revision() - before;
    assertTrue(revisions >= 1 && revisions <= 3, () -> revisions + " revisions of 21 batches");
    assertTrue(datapath.handed().size() - handed <= 3);
  }

  @Test
  void aGapEndsTheSessionAndTheNextOneBeginsWithEverything() throws InterruptedException {
    Opened first = source.next();
    Stages.get(first.send(1, 0, true, Rig.pod("shop", "a", "web", "10.0.0.1")));
    Throwable refused =
        Stages.failure(first.send(1, 2, true, Rig.pod("shop", "b", "web", "10.0.0.2")));
    assertInstanceOf(SessionClosedException.class, refused);
    first.awaitClosed();
    assertEquals(List.of("shop/a"), pods(), "the batch after the gap was not taken");
    Opened second = source.next();
    Stages.get(second.send(1, 0, true, Rig.pod("shop", "b", "web", "10.0.0.2")));
    assertEquals(List.of("shop/b"), pods(), "what the new session did not name is gone");
    assertEquals(1, rig.status().counters().get(Counters.SESSIONS_BROKEN));
  }

  @Test
  void anotherEpochEndsTheSession() throws InterruptedException {
    Opened first = source.next();
    Stages.get(first.send(1, 0, true));
    assertInstanceOf(SessionClosedException.class, Stages.failure(first.send(2, 1, true)));
    first.awaitClosed();
    Stages.get(source.next().send(2, 0, true));
  }

  @Test
  void aStaleSessionIsRefusedAndSaysNothing() throws InterruptedException {
    Opened first = source.next();
    Stages.get(first.send(1, 0, true));
    rig.translator();
    Opened second = source.next();
    assertTrue(first.isClosed(), "closed before the next one is opened");
    assertInstanceOf(
        SessionClosedException.class,
        Stages.failure(first.send(1, 1, true, Rig.pod("shop", "old", "web", "10.0.0.9"))));
    first.status(SourceStatus.State.LOST);
    Stages.get(second.send(1, 0, true));
    assertEquals(List.of(), pods());
    assertEquals(1, rig.status().counters().get(Counters.BATCHES_STALE));
    assertEquals("connecting", rig.status().components().getFirst().state());
    assertFalse(source.isNextOpened(), "a stale sender breaks nothing");
  }

  @Test
  void nothingIsForgottenBeforeTheNewSessionIsSynced() throws InterruptedException {
    Opened first = source.next();
    Stages.get(
        first.send(
            1,
            0,
            true,
            Rig.pod("shop", "a", "web", "10.0.0.1"),
            Rig.pod("shop", "b", "web", "10.0.0.2")));
    assertInstanceOf(SessionClosedException.class, Stages.failure(first.send(1, 7, true)));
    Opened second = source.next();
    Stages.get(second.send(1, 0, false, Rig.pod("shop", "b", "web", "10.0.0.2")));
    assertEquals(List.of("shop/a", "shop/b"), pods());
    Stages.get(second.send(1, 1, true));
    assertEquals(List.of("shop/b"), pods());
  }

  @Test
  void aTranslatorThatComesMakesTheSourcesWatchItsKinds() throws InterruptedException {
    Opened plain = source.next();
    assertEquals(Set.of(), plain.request().claimed());
    LabelDialect dialect = rig.translator();
    Opened claiming = source.next();
    assertEquals(Set.of(LabelDialect.KIND), claiming.request().claimed());
    Stages.get(
        claiming.send(
            1,
            0,
            true,
            Rig.pod("shop", "a", "web", "10.0.0.1"),
            LabelDialect.policy("shop", "closed", Map.of())));
    assertEquals(1, Stages.get(rig.control().policies()).size());
    rig.agent().unbind(dialect);
    Opened again = source.next();
    assertEquals(Set.of(), again.request().claimed());
    Stages.get(again.send(1, 0, true, Rig.pod("shop", "a", "web", "10.0.0.1")));
    assertEquals(
        1, Stages.get(rig.control().policies()).size(), "it stays as it was last translated");
  }

  @Test
  void ofTwoSourcesNoneRemovesWhatTheOtherHolds() throws InterruptedException {
    Opened session = source.next();
    Stages.get(session.send(1, 0, true));
    MemorySource other = rig.source("other");
    other.put(Rig.pod("shop", "a", "web", "10.0.0.1"));
    rig.await("the pod is there", status -> pods().equals(List.of("shop/a")));
    Stages.get(session.send(1, 1, true, Rig.pod("shop", "a", "db", "10.0.0.2")));
    assertEquals("db", app());
    Stages.failure(session.send(1, 9, true));
    Stages.get(source.next().send(1, 0, true));
    assertEquals("web", app(), "what the other one holds counts again");
    other.remove(Rig.pod("shop", "a", "web", "10.0.0.1").key());
    rig.await("the pod is gone", status -> pods().isEmpty());
  }

  private String app() {
    return Stages.get(rig.control().endpoints())
        .getFirst()
        .endpoint()
        .labels()
        .getOrDefault("app", "");
  }

  @Test
  void aSourceThatIsGoneDeletesNothingAndItsSuccessorTakesOver() throws InterruptedException {
    Opened session = source.next();
    Stages.get(
        session.send(1, 0, true, Rig.namespace("shop"), Rig.pod("shop", "a", "web", "10.0.0.1")));
    rig.agent().unbind(source);
    session.awaitClosed();
    rig.await("it is gone", status -> status.components().getFirst().state().equals("gone"));
    assertEquals(List.of("shop/a"), pods());
    HandSource successor = new HandSource();
    rig.agent().bind(successor, "hand");
    Stages.get(successor.next().send(1, 0, true, Rig.namespace("shop")));
    assertEquals(List.of(), pods(), "held by the name, not by the service");
  }

  /** A dialect that keeps the loop busy while it translates. */
  private static final class Busy implements PolicyTranslator {
    private final LabelDialect dialect = new LabelDialect();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);

    ClaimedResource policy() {
      return LabelDialect.policy("shop", "slow", Map.of());
    }

    void awaitBegun() throws InterruptedException {
      assertTrue(begun.await(30, TimeUnit.SECONDS));
    }

    void letGo() {
      go.countDown();
    }

    @Override
    public Set<ResourceKind> kinds() {
      return dialect.kinds();
    }

    @Override
    public Translation translate(ClaimedResource resource) {
      begun.countDown();
      try {
        assertTrue(go.await(30, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return dialect.translate(resource);
    }
  }
}
