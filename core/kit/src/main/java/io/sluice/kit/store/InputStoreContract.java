package io.sluice.kit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Resource;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import io.sluice.kit.Stages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InputStore} passes, whatever it holds. A store whose {@link #durable} is true
 * is closed and opened again on the way.
 */
public abstract class InputStoreContract {
  /** The fencing token that the tests write with. */
  protected static final long FENCE = 7;

  /** The sources of everything that the tests write, unless they say otherwise. */
  protected static final List<String> SOURCES = List.of("files");

  private static final Instant THEN = Instant.parse("2026-03-01T10:00:00.123456789Z");

  /** The store that is tested; it holds nothing when a test begins. The same one each time. */
  protected abstract InputStore store();

  /** Whether the store claims {@link InputStore#DURABLE}. */
  protected abstract boolean durable();

  /** Closes the store and opens it again on what it has kept. Asked of durable stores only. */
  protected abstract InputStore reopen();

  /**
   * An object that belongs into the store.
   *
   * @param number objects of different numbers have different keys
   * @param version objects of one number and different versions differ
   */
  protected abstract Resource resource(int number, int version);

  @Test
  void holdsNothingAndSaysIncompleteAtFirst() {
    assertEquals(StoreSnapshot.NOTHING, Stages.get(store().snapshot()));
  }

  @Test
  void saysIncompleteUntilABatchCompletesIt() {
    apply(batch(1, 1, false, put(1, 0)));
    assertFalse(snapshot().complete());
    assertEquals(held(put(1, 0)), held());
    apply(batch(1, 2, true, put(2, 0)));
    StoreSnapshot snapshot = snapshot();
    assertTrue(snapshot.complete());
    assertEquals(1, snapshot.epoch());
    assertEquals(2, snapshot.sequence());
    assertEquals(held(put(1, 0), put(2, 0)), held());
  }

  @Test
  void staysCompleteWhenALaterBatchDoesNotSayIt() {
    apply(batch(1, 1, true));
    apply(batch(1, 2, false, put(1, 0)));
    assertTrue(snapshot().complete());
  }

  @Test
  void keepsTheSourcesAndTheLastWord() {
    Stored both = new Stored(resource(1, 1), List.of("api-server", "files"));
    apply(batch(1, 1, true, put(1, 0), put(2, 0)));
    apply(batch(1, 2, true, new StoreChange.Put(both), delete(2)));
    assertEquals(Set.of(both), held());
  }

  @Test
  void answersWhenItWasLastCurrent() {
    apply(new StoreBatch(1, 1, THEN, List.of(put(1, 0)), true));
    assertEquals(THEN, snapshot().asOf());
    apply(new StoreBatch(1, 2, THEN.plusSeconds(60), List.of(), true));
    assertEquals(THEN.plusSeconds(60), snapshot().asOf());
    assertEquals(held(put(1, 0)), held());
  }

  @Test
  void takesABatchTwiceAsOnce() {
    StoreBatch first = batch(1, 1, true, put(1, 0));
    apply(first);
    apply(batch(1, 2, true, delete(1)));
    apply(first);
    assertEquals(Set.of(), held());
    assertEquals(2, snapshot().sequence());
  }

  @Test
  void refusesAGapAndChangesNothing() {
    apply(batch(1, 1, true, put(1, 0)));
    StoreSnapshot before = snapshot();
    assertInstanceOf(IllegalStateException.class, failure(batch(1, 3, true, delete(1)), FENCE));
    assertInstanceOf(IllegalStateException.class, failure(batch(2, 2, true), FENCE));
    assertEquals(before, snapshot());
  }

  @Test
  void nothingOfAnOlderEpochIsInANewOne() {
    apply(batch(1, 1, true, put(1, 0), put(2, 0)));
    apply(batch(2, 1, false, put(2, 1)));
    apply(batch(2, 2, true, put(3, 0)));
    assertEquals(2, snapshot().epoch());
    assertEquals(held(put(2, 1), put(3, 0)), held());
  }

  @Test
  void anEpochThatIsNotCompleteShowsOnlyWhereNothingIsToBeLost() {
    apply(batch(1, 1, true, put(1, 0)));
    apply(batch(2, 1, false, put(2, 0)));
    StoreSnapshot snapshot = snapshot();
    assertEquals(durable(), snapshot.complete());
    assertEquals(durable() ? 1 : 2, snapshot.epoch());
    assertEquals(durable() ? held(put(1, 0)) : held(put(2, 0)), held());
    if (durable()) {
      assertEquals(new StoreChanges.Following(List.of()), Stages.get(store().changes(1, 1)));
      reopen();
      assertEquals(snapshot, snapshot());
      apply(batch(1, 2, true, put(3, 0)));
      assertEquals(held(put(1, 0), put(3, 0)), held(), "the writer may go on with the old one");
      apply(batch(3, 1, true, put(4, 0)));
      assertEquals(held(put(4, 0)), held());
    }
  }

  @Test
  void refusesAnOlderFenceAndChangesNothing() {
    apply(batch(1, 1, true, put(1, 0)));
    StoreSnapshot before = snapshot();
    assertInstanceOf(FencedException.class, failure(batch(1, 2, true, delete(1)), FENCE - 1));
    assertEquals(before, snapshot());
    Stages.get(store().apply(batch(1, 2, true), FENCE + 1));
  }

  @Test
  void readersFollowWithoutAGapOrAreToldToReread() {
    List<StoreBatch> sent = new ArrayList<>();
    for (int sequence = 1; sequence <= 5; sequence++) {
      StoreBatch batch = batch(3, sequence, true, put(1, sequence));
      sent.add(batch);
      apply(batch);
    }
    InputStore store = store();
    assertEquals(new StoreChanges.Following(List.of()), Stages.get(store.changes(3, 5)));
    StoreChanges since = Stages.get(store.changes(3, 2));
    if (since instanceof StoreChanges.Following(List<StoreBatch> batches)) {
      assertEquals(sent.subList(2, 5), batches);
    }
    assertInstanceOf(StoreChanges.Reread.class, Stages.get(store.changes(2, 5)));
    assertInstanceOf(StoreChanges.Reread.class, Stages.get(store.changes(3, 6)));
  }

  @Test
  void batchesThatAreSentWithoutWaitingAreTakenInOrder() {
    List<CompletionStage<Void>> stages = new ArrayList<>();
    for (int sequence = 1; sequence <= 200; sequence++) {
      stages.add(store().apply(batch(1, sequence, true, put(sequence % 7, sequence)), FENCE));
    }
    stages.forEach(Stages::get);
    assertEquals(200, snapshot().sequence());
    assertEquals(7, held().size());
    assertTrue(held().containsAll(held(put(200 % 7, 200), put(199 % 7, 199))));
  }

  @Test
  void whatWasTakenIsThereAfterOpeningAgain() {
    if (!durable()) {
      return;
    }
    apply(new StoreBatch(5, 1, THEN, List.of(put(1, 0), put(2, 0)), false));
    assertFalse(reopened().complete(), "an incomplete picture stays incomplete");
    apply(new StoreBatch(5, 2, THEN, List.of(delete(2), put(3, 1)), true));
    StoreSnapshot before = snapshot();
    assertEquals(before, reopened());
    assertInstanceOf(IllegalStateException.class, failure(batch(5, 4, true), FENCE));
    apply(batch(5, 2, true, put(9, 9)));
    assertEquals(before, snapshot(), "a batch that was taken before is known");
    apply(batch(5, 3, true, put(1, 1)));
    assertNotEquals(before, reopened());
    assertEquals(held(put(1, 1), put(3, 1)), held());
  }

  private StoreSnapshot reopened() {
    return Stages.get(reopen().snapshot());
  }

  /** What the store answers now. */
  protected final StoreSnapshot snapshot() {
    return Stages.get(store().snapshot());
  }

  /** Writes a batch; it must be taken. */
  protected final void apply(StoreBatch batch) {
    Stages.get(store().apply(batch, FENCE));
  }

  private Throwable failure(StoreBatch batch, long fence) {
    return Stages.failure(store().apply(batch, fence));
  }

  private Set<Stored> held() {
    return new HashSet<>(snapshot().resources());
  }

  private static Set<Stored> held(StoreChange.Put... puts) {
    Set<Stored> held = new HashSet<>();
    for (StoreChange.Put put : puts) {
      held.add(put.stored());
    }
    return held;
  }

  /** The writing of an object of these sources. */
  protected final StoreChange.Put put(int number, int version) {
    return put(resource(number, version));
  }

  /** The deletion of an object. */
  protected final StoreChange.Delete delete(int number) {
    return new StoreChange.Delete(resource(number, 0).key());
  }

  /** The writing of an object. */
  protected static StoreChange.Put put(Resource resource) {
    return new StoreChange.Put(new Stored(resource, SOURCES));
  }

  /** A batch. */
  protected static StoreBatch batch(
      long epoch, long sequence, boolean complete, StoreChange... changes) {
    return new StoreBatch(epoch, sequence, THEN, List.of(changes), complete);
  }
}
