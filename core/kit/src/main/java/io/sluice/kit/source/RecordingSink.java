package io.sluice.kit.source;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.source.Batch;
import io.sluice.api.source.BatchSink;
import io.sluice.api.source.SessionClosedException;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The engine's end of one session, in a test: keeps the picture that the batches paint and notes
 * every breach of the protocol. Credit is given at once, or by hand after {@link #withhold}.
 */
public final class RecordingSink implements BatchSink {
  /** How long to wait for what must come; generous, because nothing depends on speed. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<ResourceKey, Resource> picture = new TreeMap<>();
  private final List<Batch> batches = new ArrayList<>();
  private final List<SourceStatus> states = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private @Nullable CompletableFuture<Void> owed;
  private boolean withholding;
  private boolean refusing;
  private boolean ended;
  private boolean closed;

  @Override
  public CompletionStage<Void> send(Batch batch) {
    CompletableFuture<Void> credit = new CompletableFuture<>();
    synchronized (this) {
      check(batch);
      batches.add(batch);
      for (Change change : batch.changes()) {
        switch (change) {
          case Change.Upsert(Resource resource) -> picture.put(resource.key(), resource);
          case Change.Delete(ResourceKey key) -> picture.remove(key);
        }
      }
      owed = credit;
      if (!withholding || refusing) {
        pay();
      }
      notifyAll();
    }
    return credit;
  }

  private void check(Batch batch) {
    if (closed) {
      breaches.add("a batch after close: " + batch);
    }
    if (ended) {
      breaches.add("a batch after the session was said to have ended: " + batch);
    }
    if (owed != null) {
      breaches.add("a batch while the one before was not answered: " + batch);
    }
    if (batch.sequence() != batches.size()) {
      breaches.add("sequence " + batch.sequence() + " where " + batches.size() + " is next");
    }
    if (!batches.isEmpty() && batch.epoch() != batches.getFirst().epoch()) {
      breaches.add("epoch " + batch.epoch() + " within a session that began in another one");
    }
    if (!batches.isEmpty() && batches.getLast().synced() && !batch.synced()) {
      breaches.add("batch " + batch.sequence() + " is not synced, the one before was");
    }
    Set<ResourceKey> keys = new HashSet<>();
    for (Change change : batch.changes()) {
      if (!keys.add(change.key())) {
        breaches.add("two changes to " + change.key() + " in batch " + batch.sequence());
      }
    }
  }

  /** Answers the outstanding batch on another thread, as the engine does. */
  private void pay() {
    CompletableFuture<Void> credit = owed;
    owed = null;
    if (credit == null) {
      return;
    }
    boolean refuse = refusing;
    ended = ended || refuse;
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            () -> {
              if (refuse) {
                credit.completeExceptionally(new SessionClosedException("the test ended it"));
              } else {
                credit.complete(null);
              }
            });
  }

  @Override
  public synchronized void status(SourceStatus status) {
    if (closed) {
      breaches.add("a status after close: " + status);
    }
    states.add(status);
    notifyAll();
  }

  /** From now on batches are answered by {@link #grant} only. */
  public synchronized void withhold() {
    withholding = true;
  }

  /** Answers the outstanding batch, if there is one, and every later one at once. */
  public synchronized void grant() {
    withholding = false;
    pay();
  }

  /** Ends the session as the engine does after a gap: every send fails from now on. */
  public synchronized void refuse() {
    refusing = true;
    pay();
  }

  /** To be called when {@code close} has returned: whatever comes now is a breach. */
  public synchronized void markClosed() {
    closed = true;
  }

  /** The objects that exist, as the batches say. */
  public synchronized Map<ResourceKey, Resource> picture() {
    return new TreeMap<>(picture);
  }

  /** Every batch so far. */
  public synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  /** Every status so far. */
  public synchronized List<SourceStatus> states() {
    return List.copyOf(states);
  }

  /** The last status. */
  public synchronized Optional<SourceStatus> status() {
    return states.isEmpty() ? Optional.empty() : Optional.of(states.getLast());
  }

  /** Whether the picture has been said to be complete. */
  public synchronized boolean synced() {
    return !batches.isEmpty() && batches.getLast().synced();
  }

  /** What was against the contract. */
  public synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  /**
   * Waits until something holds.
   *
   * @param what the condition, for people
   * @param condition asked after each batch and status
   */
  public synchronized void await(String what, Predicate<RecordingSink> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(this)) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "waited in vain until "
                + what
                + "; picture "
                + picture.keySet()
                + ", states "
                + states);
      }
      wait(left);
    }
  }

  /** Waits until the picture is complete. */
  public void awaitSynced() throws InterruptedException {
    await("the source is synced", RecordingSink::synced);
  }

  /** Waits for a state. */
  public void awaitState(SourceStatus.State state) throws InterruptedException {
    await(
        "the source is " + state,
        sink -> sink.status().filter(status -> status.state() == state).isPresent());
  }
}
