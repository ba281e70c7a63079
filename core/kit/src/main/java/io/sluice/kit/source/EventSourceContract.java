package io.sluice.kit.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.Batch;
import io.sluice.api.source.EventSource;
import io.sluice.api.source.SessionClosedException;
import io.sluice.api.source.SessionRequest;
import io.sluice.api.source.SourceSession;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link EventSource} as tests. The numbers in the comments are those of the
 * contract.
 */
public abstract class EventSourceContract {
  private static final SessionRequest PLAIN = new SessionRequest(Set.of());
  private static final ResourceKey RED = Namespace.key("red");
  private static final ResourceKey BLUE = Namespace.key("blue");

  private final List<RecordingSink> sinks = new ArrayList<>();
  private @Nullable SourceInput made;

  /**
   * Makes an empty but readable input, and a source that reads it. Called before each test; the
   * test closes it.
   */
  protected abstract SourceInput make() throws Exception;

  @BeforeEach
  final void start() throws Exception {
    made = make();
  }

  @AfterEach
  final void noBreach() {
    input().close();
    for (RecordingSink sink : sinks) {
      assertEquals(List.of(), sink.breaches());
    }
  }

  // 1. Everything, then synced, then changes.

  @Test
  void everythingThenSynced() throws Exception {
    input().put(namespace("red", "a"));
    input().put(namespace("blue", "b"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    awaitLabels(session.sink, Map.of("red", "a", "blue", "b"));
    session.sink.awaitState(State.SYNCED);
  }

  @Test
  void changesFollow() throws Exception {
    input().put(namespace("red", "a"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    input().put(namespace("blue", "b"));
    awaitLabels(session.sink, Map.of("red", "a", "blue", "b"));
    input().put(namespace("red", "c"));
    awaitLabels(session.sink, Map.of("red", "c", "blue", "b"));
    input().remove(BLUE);
    awaitLabels(session.sink, Map.of("red", "c"));
  }

  @Test
  void everySessionBeginsWithEverything() throws Exception {
    input().put(namespace("red", "a"));
    Opened first = open(PLAIN);
    first.sink.awaitSynced();
    first.close();
    input().put(namespace("blue", "b"));
    Opened second = open(PLAIN);
    second.sink.awaitSynced();
    awaitLabels(second.sink, Map.of("red", "a", "blue", "b"));
  }

  @Test
  void claimedKindsAreSentAndOthersAreNot() throws Exception {
    input().put(namespace("red", "a"));
    input().putPolicy("red", "closed");
    ResourceKey policy = new ResourceKey(ResourceKind.NETWORK_POLICY, "red", "closed");
    Opened plain = open(PLAIN);
    plain.sink.awaitSynced();
    input().put(namespace("blue", "b"));
    plain.sink.await("the second namespace is there", sink -> sink.picture().containsKey(BLUE));
    assertFalse(plain.sink.picture().containsKey(policy), "nobody claimed NetworkPolicy");
    plain.close();
    Opened claiming = open(new SessionRequest(Set.of(ResourceKind.NETWORK_POLICY)));
    claiming.sink.awaitSynced();
    claiming.sink.await("the policy is there", sink -> sink.picture().containsKey(policy));
  }

  // 2. Loss of contact is no deletion. 3. Reconciliation.

  @Test
  void lossOfContactDeletesNothing() throws Exception {
    input().put(namespace("red", "a"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    input().loseContact();
    session.sink.awaitState(State.LOST);
    SourceStatus status = await(session.session.reread());
    assertEquals(State.LOST, status.state(), "what a reading finds that can't read");
    assertEquals(Set.of(RED), session.sink.picture().keySet());
    assertNoDeletion(session.sink);
  }

  @Test
  void deletionsMissedMeanwhileAreSentOnReturn() throws Exception {
    input().put(namespace("red", "a"));
    input().put(namespace("blue", "b"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    awaitLabels(session.sink, Map.of("red", "a", "blue", "b"));
    input().loseContact();
    session.sink.awaitState(State.LOST);
    input().remove(BLUE);
    input().put(namespace("red", "c"));
    assertNoDeletion(session.sink);
    input().regainContact();
    awaitLabels(session.sink, Map.of("red", "c"));
    session.sink.awaitState(State.SYNCED);
  }

  @Test
  void sessionOpenedWithoutContactClaimsNothingFalse() throws Exception {
    input().put(namespace("red", "a"));
    Opened first = open(PLAIN);
    first.sink.awaitSynced();
    input().loseContact();
    first.sink.awaitState(State.LOST);
    first.close();
    Opened second = open(PLAIN);
    second.sink.awaitState(State.LOST);
    input().regainContact();
    second.sink.awaitState(State.SYNCED);
    second.sink.awaitSynced();
    awaitLabels(second.sink, Map.of("red", "a"));
    Set<ResourceKey> named = new HashSet<>();
    for (Batch batch : second.sink.batches()) {
      batch.changes().forEach(change -> named.add(change.key()));
      assertTrue(
          !batch.synced() || named.contains(RED),
          "a batch said that the picture is complete, but it lacked an object");
    }
  }

  // 4. Credit. 5. Order.

  @Test
  void withoutCreditNothingIsSentAndChangesMerge() throws Exception {
    input().put(namespace("red", "0"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    session.sink.withhold();
    input().put(namespace("blue", "b"));
    session.sink.await("a batch is outstanding", sink -> sink.picture().containsKey(BLUE));
    int before = session.sink.batches().size();
    List<CompletionStage<SourceStatus>> readings = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      input().put(namespace("red", Integer.toString(i)));
      readings.add(session.session.reread());
    }
    assertEquals(before, session.sink.batches().size(), "batches without credit");
    session.sink.grant();
    for (CompletionStage<SourceStatus> reading : readings) {
      await(reading);
    }
    awaitLabels(session.sink, Map.of("red", "30", "blue", "b"));
    long told =
        session.sink.batches().subList(before, session.sink.batches().size()).stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(change -> change.key().equals(RED))
            .count();
    // Not two: the source's input may be slow, so that it hears of the last ones after the credit.
    assertTrue(told <= 15, "30 changes to one object were sent as " + told + ", not merged");
  }

  @Test
  void rereadCompletesOnlyWithCredit() throws Exception {
    input().put(namespace("red", "a"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    session.sink.withhold();
    input().put(namespace("red", "b"));
    CompletionStage<SourceStatus> reading = session.session.reread();
    session.sink.await(
        "the change is outstanding", sink -> labels(sink.picture()).equals(Map.of("red", "b")));
    assertThrows(
        TimeoutException.class,
        () -> reading.toCompletableFuture().get(200, TimeUnit.MILLISECONDS),
        "the reading completed before its change was answered");
    session.sink.grant();
    assertEquals(State.SYNCED, await(reading).state());
    assertEquals(Map.of("red", "b"), labels(session.sink.picture()));
  }

  @Test
  void rereadSeesWhatWasThereBefore() throws Exception {
    Opened session = open(PLAIN);
    for (int i = 0; i < 20; i++) {
      input().put(namespace("red", Integer.toString(i)));
      input().put(namespace("n" + i, "x"));
      assertEquals(State.SYNCED, await(session.session.reread()).state());
      Map<String, String> seen = labels(session.sink.picture());
      assertEquals(Integer.toString(i), seen.get("red"));
      assertTrue(seen.containsKey("n" + i));
    }
    input().remove(RED);
    assertEquals(State.SYNCED, await(session.session.reread()).state());
    assertFalse(session.sink.picture().containsKey(RED));
  }

  // 6. Bad input.

  @Test
  void badInputIsRefusedAloneAndItsLastGoodStateStays() throws Exception {
    input().put(namespace("red", "a"));
    input().put(namespace("blue", "b"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    awaitLabels(session.sink, Map.of("red", "a", "blue", "b"));
    input().spoil("red");
    session.sink.awaitState(State.DEGRADED);
    SourceStatus status = await(session.session.reread());
    assertEquals(State.DEGRADED, status.state());
    assertFalse(status.problems().isEmpty(), "a refusal is said");
    for (Problem problem : status.problems()) {
      assertFalse(problem.origin().isEmpty(), "where it was read: " + problem);
      assertFalse(problem.message().isEmpty(), "what is wrong: " + problem);
      assertFalse(problem.remedy().isEmpty(), "what to do: " + problem);
    }
    input().put(namespace("blue", "c"));
    awaitLabels(session.sink, Map.of("red", "a", "blue", "c"));
    assertNoDeletion(session.sink);
    input().put(namespace("red", "d"));
    awaitLabels(session.sink, Map.of("red", "d", "blue", "c"));
    session.sink.awaitState(State.SYNCED);
  }

  // 9. End.

  @Test
  void nothingIsSentAfterClose() throws Exception {
    input().put(namespace("red", "a"));
    Opened first = open(PLAIN);
    first.sink.awaitSynced();
    first.close();
    first.session.close();
    int heard = first.sink.batches().size();
    Opened second = open(PLAIN);
    second.sink.awaitSynced();
    input().put(namespace("red", "b"));
    awaitLabels(second.sink, Map.of("red", "b"));
    assertEquals(heard, first.sink.batches().size());
  }

  @Test
  void sessionThatEndedIsSentNothingAndTheNextOneHasEverything() throws Exception {
    input().put(namespace("red", "a"));
    Opened first = open(PLAIN);
    first.sink.awaitSynced();
    first.sink.refuse();
    input().put(namespace("red", "b"));
    awaitLabels(first.sink, Map.of("red", "b"));
    input().put(namespace("blue", "b"));
    first.close();
    Opened second = open(PLAIN);
    second.sink.awaitSynced();
    awaitLabels(second.sink, Map.of("red", "b", "blue", "b"));
  }

  @Test
  void rereadOfAnEndedSessionFails() throws Exception {
    input().put(namespace("red", "a"));
    Opened session = open(PLAIN);
    session.sink.awaitSynced();
    session.close();
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> await(session.session.reread()));
    assertInstanceOf(SessionClosedException.class, failure.getCause());
  }

  private SourceInput input() {
    return Objects.requireNonNull(made, "made before each test");
  }

  private Opened open(SessionRequest request) {
    RecordingSink sink = new RecordingSink();
    sinks.add(sink);
    return new Opened(sink, input().source().open(request, sink));
  }

  private record Opened(RecordingSink sink, SourceSession session) {
    void close() {
      session.close();
      sink.markClosed();
    }
  }

  private static Namespace namespace(String name, String label) {
    return new Namespace(name, Map.of(Namespace.NAME_LABEL, name, "kit", label), "");
  }

  /** The kit's label by namespace. */
  private static Map<String, String> labels(Map<ResourceKey, Resource> picture) {
    Map<String, String> labels = new TreeMap<>();
    for (Resource resource : picture.values()) {
      if (resource instanceof Namespace namespace) {
        labels.put(namespace.name(), namespace.labels().getOrDefault("kit", "none"));
      }
    }
    return labels;
  }

  private static void awaitLabels(RecordingSink sink, Map<String, String> labels)
      throws InterruptedException {
    sink.await("the namespaces are " + labels, seen -> labels(seen.picture()).equals(labels));
  }

  private static void assertNoDeletion(RecordingSink sink) {
    for (Batch batch : sink.batches()) {
      for (Change change : batch.changes()) {
        assertFalse(change instanceof Change.Delete, "deleted " + change.key());
      }
    }
  }

  private static SourceStatus await(CompletionStage<SourceStatus> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage
        .toCompletableFuture()
        .get(RecordingSink.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
