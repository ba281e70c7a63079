package io.sluice.engine.host;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.store.PolicyStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A policy store that keeps what it is given, and what it had before. Thread-safe. */
final class HandPolicies implements PolicyStore {
  private final Map<PolicyRef, Stored> held = new HashMap<>();
  private StoreSnapshot before = StoreSnapshot.NOTHING;

  synchronized void offer(StoreSnapshot snapshot) {
    before = snapshot;
    snapshot.resources().forEach(stored -> held.put(PolicyRef.of(stored.key()), stored));
  }

  synchronized Map<PolicyRef, Stored> held() {
    return Map.copyOf(held);
  }

  @Override
  public synchronized CompletionStage<Void> apply(StoreBatch batch, long fence) {
    for (StoreChange change : batch.changes()) {
      PolicyRef policy = PolicyRef.of(change.key());
      if (change instanceof StoreChange.Put(Stored stored)) {
        held.put(policy, stored);
      } else {
        held.remove(policy);
      }
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<StoreSnapshot> snapshot() {
    return CompletableFuture.completedStage(before);
  }

  @Override
  public CompletionStage<StoreChanges> changes(long epoch, long sequence) {
    return CompletableFuture.completedStage(new StoreChanges.Following(List.of()));
  }

  @Override
  public synchronized CompletionStage<Map<PolicyRef, Integer>> ids() {
    Map<PolicyRef, Integer> ids = new HashMap<>();
    held.keySet().forEach(policy -> ids.put(policy, 1000 + policy.name().length()));
    return CompletableFuture.completedStage(ids);
  }
}
