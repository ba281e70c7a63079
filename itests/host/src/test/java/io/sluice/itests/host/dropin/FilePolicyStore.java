package io.sluice.itests.host.dropin;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.store.PolicyStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that appends the keys of what it is given to a file. */
public final class FilePolicyStore implements PolicyStore {
  private final Path file;

  /** Touches nothing. */
  public FilePolicyStore(Map<String, Object> properties) {
    file = Path.of(String.valueOf(properties.get("folder"))).resolve("store.keys");
  }

  @Override
  public synchronized CompletionStage<Void> apply(StoreBatch batch, long fence) {
    try {
      for (StoreChange change : batch.changes()) {
        Files.writeString(
            file, change.key() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      return CompletableFuture.completedStage(null);
    } catch (IOException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<StoreSnapshot> snapshot() {
    return CompletableFuture.completedStage(StoreSnapshot.NOTHING);
  }

  @Override
  public CompletionStage<StoreChanges> changes(long epoch, long sequence) {
    return CompletableFuture.completedStage(new StoreChanges.Reread());
  }

  @Override
  public CompletionStage<Map<PolicyRef, Integer>> ids() {
    return CompletableFuture.completedStage(Map.of());
  }
}
