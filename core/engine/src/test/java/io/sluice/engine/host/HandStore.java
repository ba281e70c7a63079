package io.sluice.engine.host;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that takes a batch when the test says so, or at once, or not at all. Thread-safe. */
final class HandStore implements LabelStore {
  private final Map<ResourceKey, Resource> held = new TreeMap<>();
  private final List<StoreBatch> batches = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private CompletionStage<StoreSnapshot> offered =
      CompletableFuture.completedStage(StoreSnapshot.NOTHING);
  private boolean automatic = true;
  private @Nullable Throwable failure;
  private @Nullable Runnable waiting;
  private long epoch;
  private long sequence;
  private long fence = Long.MIN_VALUE;
  private boolean complete;

  synchronized void hold() {
    automatic = false;
  }

  /** Every batch fails from now on; null: no more. */
  synchronized void fail(@Nullable Throwable why) {
    failure = why;
  }

  void take() {
    Runnable answer;
    synchronized (this) {
      answer = waiting;
      waiting = null;
    }
    if (answer == null) {
      throw new AssertionError("no batch is outstanding");
    }
    answer.run();
  }

  /** Takes what is outstanding, and from now on every batch at once. */
  void letGo() {
    synchronized (this) {
      automatic = true;
    }
    take();
  }

  synchronized List<StoreBatch> batches() {
    return List.copyOf(batches);
  }

  synchronized List<String> breaches() {
    return List.copyOf(breaches);
  }

  synchronized Map<ResourceKey, Resource> held() {
    return new TreeMap<>(held);
  }

  synchronized boolean complete() {
    return complete;
  }

  /** Another writer has written with this token. */
  synchronized void fence(long token) {
    fence = token;
  }

  @Override
  public synchronized CompletionStage<Void> apply(StoreBatch batch, long token) {
    if (waiting != null) {
      breaches.add("two outstanding: " + batch);
    }
    batches.add(batch);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Runnable take =
        () -> {
          Throwable wrong = effect(batch, token);
          if (wrong == null) {
            answer.complete(null);
          } else {
            answer.completeExceptionally(wrong);
          }
        };
    if (automatic) {
      take.run();
    } else {
      waiting = take;
    }
    return answer;
  }

  private synchronized @Nullable Throwable effect(StoreBatch batch, long token) {
    if (token < fence) {
      return new FencedException(token, fence);
    }
    if (failure != null) {
      return failure;
    }
    if (batch.epoch() != epoch) {
      if (batch.epoch() < epoch || batch.sequence() != 1) {
        breaches.add("epoch " + epoch + " followed by " + batch);
      }
      held.clear();
      complete = false;
      epoch = batch.epoch();
      sequence = 0;
    }
    if (batch.sequence() != sequence + 1) {
      breaches.add("batch " + sequence + " followed by " + batch);
    }
    sequence = batch.sequence();
    complete |= batch.complete();
    for (StoreChange change : batch.changes()) {
      switch (change) {
        case StoreChange.Put(Stored stored) -> held.put(stored.key(), stored.resource());
        case StoreChange.Delete(ResourceKey key) -> held.remove(key);
      }
    }
    return null;
  }

  /** What it holds from an earlier life; a stage that never completes is a store that hangs. */
  synchronized void offer(CompletionStage<StoreSnapshot> snapshot) {
    offered = snapshot;
    var unused =
        snapshot.thenAccept(
            before -> {
              epoch = before.epoch();
              sequence = before.sequence();
              complete = before.complete();
              before.resources().forEach(stored -> held.put(stored.key(), stored.resource()));
            });
  }

  @Override
  public synchronized CompletionStage<StoreSnapshot> snapshot() {
    return offered;
  }

  @Override
  public CompletionStage<StoreChanges> changes(long fromEpoch, long fromSequence) {
    throw new UnsupportedOperationException("the engine does not ask this");
  }

  @Override
  public CompletionStage<Set<IpAddress>> addresses(GroupSelector selector) {
    throw new UnsupportedOperationException("the engine does not ask this");
  }
}
