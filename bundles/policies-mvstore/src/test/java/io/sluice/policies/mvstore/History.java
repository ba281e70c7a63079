package io.sluice.policies.mvstore;

import io.sluice.api.resource.ClaimedResource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a writer writes: a batch follows from its epoch and its sequence alone, so that whoever
 * knows these two knows what must be there.
 */
final class History {
  /** The first batch of an epoch that says complete. */
  static final long COMPLETE = 3;

  private static final int KEYS = 60;
  private static final int CHANGES = 12;

  private History() {}

  static StoreBatch batch(long epoch, long sequence) {
    Random random = new Random(epoch * 1_000_003 + sequence);
    Map<ResourceKey, StoreChange> changes = new HashMap<>();
    for (int i = random.nextInt(CHANGES); i >= 0; i--) {
      ResourceKey key =
          new ResourceKey(ResourceKind.NETWORK_POLICY, "shop", "p" + random.nextInt(KEYS));
      changes.put(
          key,
          random.nextInt(4) == 0
              ? new StoreChange.Delete(key)
              : new StoreChange.Put(stored(key, epoch, sequence, random)));
    }
    return new StoreBatch(
        epoch,
        sequence,
        Instant.ofEpochSecond(sequence),
        new ArrayList<>(changes.values()),
        sequence >= COMPLETE);
  }

  private static Stored stored(ResourceKey key, long epoch, long sequence, Random random) {
    Map<String, Object> content =
        Map.of("epoch", epoch, "sequence", sequence, "text", "x".repeat(random.nextInt(2_000) + 1));
    return new Stored(
        new ClaimedResource(key, "v1", "uid", content, "history"), List.of("api-server"));
  }

  /** What is there after a batch, and all before it in its epoch. */
  static Set<Stored> after(long epoch, long sequence) {
    Map<ResourceKey, Stored> held = new HashMap<>();
    for (long i = 1; i <= sequence; i++) {
      for (StoreChange change : batch(epoch, i).changes()) {
        switch (change) {
          case StoreChange.Put(Stored stored) -> held.put(stored.key(), stored);
          case StoreChange.Delete(ResourceKey key) -> held.remove(key);
        }
      }
    }
    return new HashSet<>(held.values());
  }
}
