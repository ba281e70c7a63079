package io.sluice.labels.memory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.BatchLog;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The {@link LabelStore} in this process. One thread owns the index; callers never wait. */
@Component(
    service = LabelStore.class,
    property = {InputStore.NAME + "=memory", InputStore.DURABLE + ":Boolean=false"})
public final class MemoryLabelStore implements LabelStore {
  private static final int LOGGED_CHANGES = 20_000;
  private static final Set<ResourceKind> KINDS =
      Set.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD);

  private final LabelIndex index = new LabelIndex();
  private final BatchLog log = new BatchLog(LOGGED_CHANGES);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("sluice-labels-memory").daemon().factory());
  private long newestFence = Long.MIN_VALUE;
  private boolean complete;
  private Instant asOf = Instant.EPOCH;

  /** Makes an empty store. */
  @Activate
  public MemoryLabelStore() {}

  @Deactivate
  void close() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(5, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<Void> apply(StoreBatch batch, long fence) {
    return CompletableFuture.supplyAsync(() -> take(batch, fence), thread)
        .thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<StoreSnapshot> snapshot() {
    return CompletableFuture.supplyAsync(
        () -> new StoreSnapshot(log.epoch(), log.last(), complete, asOf, index.resources()),
        thread);
  }

  @Override
  public CompletionStage<StoreChanges> changes(long epoch, long sequence) {
    return CompletableFuture.supplyAsync(() -> log.after(epoch, sequence), thread);
  }

  @Override
  public CompletionStage<Set<IpAddress>> addresses(GroupSelector selector) {
    return CompletableFuture.supplyAsync(() -> Set.copyOf(index.addresses(selector)), thread);
  }

  private CompletionStage<Void> take(StoreBatch batch, long fence) {
    if (fence < newestFence) {
      return CompletableFuture.failedStage(new FencedException(fence, newestFence));
    }
    for (StoreChange change : batch.changes()) {
      if (!KINDS.contains(change.key().kind())) {
        return CompletableFuture.failedStage(
            new IllegalArgumentException(
                change.key() + ": a label store takes Namespace, Node and Pod only"));
      }
    }
    boolean newEpoch = batch.epoch() != log.epoch();
    long expected = newEpoch ? 1 : log.last() + 1;
    if (batch.sequence() > expected || (newEpoch && batch.sequence() != 1)) {
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "batch "
                  + batch.sequence()
                  + " of epoch "
                  + batch.epoch()
                  + " leaves a gap: batch "
                  + expected
                  + " is next"));
    }
    newestFence = fence;
    if (batch.sequence() < expected) {
      return CompletableFuture.completedStage(null);
    }
    if (newEpoch) {
      index.clear();
      complete = false;
    }
    batch.changes().forEach(index::apply);
    log.add(batch);
    complete |= batch.complete();
    asOf = batch.asOf();
    return CompletableFuture.completedStage(null);
  }
}
