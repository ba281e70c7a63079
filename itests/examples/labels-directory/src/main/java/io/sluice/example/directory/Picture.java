package io.sluice.example.directory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Namespace;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One epoch: what it holds, in memory and in its file. */
final class Picture {
  /** A file that is smaller is never written anew. */
  private static final long FLOOR = 1 << 20;

  private static final int GROWTH = 4;

  private final Map<ResourceKey, Stored> resources = new LinkedHashMap<>();
  private final BatchFile file;
  private long epoch;
  private long sequence;
  private boolean complete;
  private Instant asOf = Instant.EPOCH;
  private long lengthWhenWhole;

  private Picture(BatchFile file) {
    this.file = file;
  }

  /** A new one, which holds nothing. */
  static Picture create(Path path, long epoch) throws IOException {
    Picture picture = new Picture(BatchFile.create(path));
    picture.epoch = epoch;
    return picture;
  }

  /** One that was written earlier; {@link #sequence} is 0 if nothing of it was. */
  static Picture open(Path path) throws IOException {
    Picture picture = new Picture(BatchFile.open(path));
    for (StoreBatch batch : picture.file.batches()) {
      picture.show(batch);
    }
    picture.lengthWhenWhole = picture.file.length();
    return picture;
  }

  long epoch() {
    return epoch;
  }

  long sequence() {
    return sequence;
  }

  boolean complete() {
    return complete;
  }

  /** Takes the next batch: on the disk first, then in memory. */
  void take(StoreBatch batch) throws IOException {
    file.append(batch);
    show(batch);
    if (file.length() > FLOOR && file.length() > GROWTH * lengthWhenWhole) {
      file.replace(whole());
      lengthWhenWhole = file.length();
    }
  }

  private void show(StoreBatch batch) {
    epoch = batch.epoch();
    sequence = batch.sequence();
    complete |= batch.complete();
    asOf = batch.asOf();
    for (StoreChange change : batch.changes()) {
      switch (change) {
        case StoreChange.Put(Stored stored) -> resources.put(stored.key(), stored);
        case StoreChange.Delete(ResourceKey key) -> resources.remove(key);
      }
    }
  }

  /** All of it as if it had come in one batch. */
  private StoreBatch whole() {
    List<StoreChange> puts =
        resources.values().stream().<StoreChange>map(StoreChange.Put::new).toList();
    return new StoreBatch(epoch, sequence, asOf, puts, complete);
  }

  StoreSnapshot snapshot() {
    return new StoreSnapshot(epoch, sequence, complete, asOf, List.copyOf(resources.values()));
  }

  Set<IpAddress> addresses(GroupSelector selector) {
    Set<IpAddress> addresses = new HashSet<>();
    for (Stored stored : resources.values()) {
      if (stored.resource() instanceof Endpoint endpoint
          && selector.selects(endpoint, namespace(endpoint.namespace()))) {
        addresses.addAll(endpoint.addresses());
      }
    }
    return addresses;
  }

  private Optional<Namespace> namespace(String name) {
    return Optional.ofNullable(resources.get(Namespace.key(name)))
        .map(stored -> (Namespace) stored.resource());
  }

  void close() throws IOException {
    file.close();
  }

  /** Closes it and removes its file. */
  void delete() throws IOException {
    file.delete();
  }
}
