package io.sluice.policies.mvstore;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.StoreStatus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** The {@link LabelStore} on the disk. It keeps no index: a look-up reads everything. */
@Component(
    service = LabelStore.class,
    configurationPid = "io.sluice.policies.mvstore",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {InputStore.NAME + "=mvstore", InputStore.DURABLE + ":Boolean=true"})
public final class MvLabelStore implements LabelStore {
  private static final Set<ResourceKind> LABELS =
      Set.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD);

  private final StoreThread thread;

  /** Begins to open the file. */
  @Activate
  public MvLabelStore(BundleContext context, CopyConfig config) {
    this(Directory.of(config, context::getProperty), Formats.ALL, Directory.FLOOR);
  }

  /**
   * Begins to open the file.
   *
   * @param directory where it lies
   * @param floor a file that is smaller is never written anew, in bytes
   */
  MvLabelStore(Path directory, Formats formats, long floor) {
    thread =
        new StoreThread(
            "labels",
            new CopyOpener(directory.resolve("labels.mv"), formats, InstantSource.system(), floor),
            false,
            key -> LABELS.contains(key.kind()));
  }

  /** Ends after what was sent before. */
  @Deactivate
  void close() throws InterruptedException {
    thread.close();
  }

  @Override
  public CompletionStage<Void> apply(StoreBatch batch, long fence) {
    return thread.apply(batch, fence);
  }

  @Override
  public CompletionStage<StoreSnapshot> snapshot() {
    return thread.read(Replica::snapshot);
  }

  @Override
  public CompletionStage<StoreChanges> changes(long epoch, long sequence) {
    return thread.read(replica -> replica.changes(epoch, sequence));
  }

  @Override
  public CompletionStage<Set<IpAddress>> addresses(GroupSelector selector) {
    return snapshot().thenApply(snapshot -> LookUp.addresses(snapshot.resources(), selector));
  }

  @Override
  public StoreStatus status() {
    return thread.status();
  }
}
