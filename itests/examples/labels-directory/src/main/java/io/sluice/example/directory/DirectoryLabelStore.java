package io.sluice.example.directory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.StoreStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** The {@link LabelStore} in a directory. One thread reads and writes; callers never wait. */
@Component(
    service = LabelStore.class,
    configurationPid = "io.sluice.example.directory",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {InputStore.NAME + "=directory", InputStore.DURABLE + ":Boolean=true"})
@Designate(ocd = DirectoryConfig.class)
public final class DirectoryLabelStore implements LabelStore {
  private static final Set<ResourceKind> KINDS =
      Set.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD);

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("sluice-labels-directory").daemon().factory());
  private final Pictures pictures;
  private long newestFence = Long.MIN_VALUE;

  /** Reads what is there. */
  @Activate
  public DirectoryLabelStore(DirectoryConfig config) throws IOException {
    this(Path.of(config.directory()));
  }

  /**
   * Reads what is there.
   *
   * @param directory where it lies; made if it is not there
   * @throws IOException if it can't be read, or another process has it
   */
  DirectoryLabelStore(Path directory) throws IOException {
    pictures = Pictures.open(directory);
  }

  @Deactivate
  void close() throws IOException {
    thread.close();
    pictures.close();
  }

  @Override
  public CompletionStage<Void> apply(StoreBatch batch, long fence) {
    return run(
        () -> {
          take(batch, fence);
          return null;
        });
  }

  private void take(StoreBatch batch, long fence) throws FencedException, IOException {
    if (fence < newestFence) {
      throw new FencedException(fence, newestFence);
    }
    for (StoreChange change : batch.changes()) {
      if (!KINDS.contains(change.key().kind())) {
        throw new IllegalArgumentException("no label store holds " + change.key());
      }
    }
    pictures.take(batch);
    newestFence = fence;
  }

  @Override
  public CompletionStage<StoreSnapshot> snapshot() {
    return run(pictures::snapshot);
  }

  @Override
  public CompletionStage<StoreChanges> changes(long epoch, long sequence) {
    return run(() -> pictures.changes(epoch, sequence));
  }

  @Override
  public CompletionStage<Set<IpAddress>> addresses(GroupSelector selector) {
    return run(() -> pictures.addresses(selector));
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus("in " + pictures.directory(), List.of());
  }

  private <T> CompletionStage<T> run(Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            done.complete(task.call());
          } catch (Exception e) {
            // The thread's root: whoever asked is told.
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
