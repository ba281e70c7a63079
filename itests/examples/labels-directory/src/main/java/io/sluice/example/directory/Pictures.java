package io.sluice.example.directory;

import io.sluice.api.net.IpAddress;
import io.sluice.api.selector.GroupSelector;
import io.sluice.api.store.BatchLog;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The picture that is answered, and the one of a newer epoch that is not complete yet. Confined to
 * the store's thread.
 */
final class Pictures implements AutoCloseable {
  private static final int LOGGED_CHANGES = 20_000;
  private static final String FILE = "picture-";

  private final Path directory;
  private final FileChannel lock;
  private final BatchLog log = new BatchLog(LOGGED_CHANGES);
  private @Nullable Picture answered;
  private @Nullable Picture coming;
  private long files;

  private Pictures(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Reads all files, oldest first. */
  static Pictures open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Pictures pictures = new Pictures(directory, locked(directory.resolve("lock")));
    for (long number : numbers(directory)) {
      Picture picture = Picture.open(directory.resolve(FILE + number));
      pictures.files = number;
      if (picture.sequence() == 0) {
        picture.delete();
      } else {
        pictures.add(picture);
      }
    }
    return pictures;
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException(file + " is held by this process already", e);
    }
    channel.close();
    throw new IOException(file + " is held by another process: give each agent its own directory");
  }

  private static List<Long> numbers(Path directory) throws IOException {
    try (Stream<Path> found = Files.list(directory)) {
      return found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches(FILE + "\\d+"))
          .map(name -> Long.valueOf(name.substring(FILE.length())))
          .sorted()
          .toList();
    }
  }

  Path directory() {
    return directory;
  }

  /**
   * Takes a batch.
   *
   * @throws IllegalStateException if one before it is missing
   * @throws IOException if it can't be written; nothing has changed then
   */
  void take(StoreBatch batch) throws IOException {
    Picture target = of(batch.epoch());
    long next = target == null ? 1 : target.sequence() + 1;
    if (batch.sequence() > next || batch.sequence() < 1) {
      throw new IllegalStateException(
          "batch "
              + batch.sequence()
              + " of epoch "
              + batch.epoch()
              + " where "
              + next
              + " is next");
    }
    if (batch.sequence() < next) {
      return;
    }
    if (target == null) {
      add(begin(batch));
      return;
    }
    target.take(batch);
    if (target == answered) {
      log.add(batch);
      forget(coming);
      coming = null;
    } else {
      add(target);
    }
  }

  private Picture begin(StoreBatch first) throws IOException {
    Picture picture = Picture.create(directory.resolve(FILE + (files + 1)), first.epoch());
    try {
      picture.take(first);
    } catch (IOException e) {
      picture.delete();
      throw e;
    }
    files++;
    return picture;
  }

  private @Nullable Picture of(long epoch) {
    if (answered != null && answered.epoch() == epoch) {
      return answered;
    }
    return coming != null && coming.epoch() == epoch ? coming : null;
  }

  /** A newer picture is answered from when it is complete, or if the older one is not either. */
  private void add(Picture newer) throws IOException {
    boolean better = answered == null || !answered.complete() || newer.complete();
    Picture former = better ? answered : coming;
    Picture other = better ? coming : null;
    coming = better ? null : newer;
    if (better) {
      answered = newer;
      log.begin(newer.epoch(), newer.sequence());
    }
    if (other != newer) {
      forget(other);
    }
    if (former != newer) {
      forget(former);
    }
  }

  private static void forget(@Nullable Picture picture) throws IOException {
    if (picture != null) {
      picture.delete();
    }
  }

  StoreSnapshot snapshot() {
    return answered == null ? StoreSnapshot.NOTHING : answered.snapshot();
  }

  StoreChanges changes(long epoch, long sequence) {
    return log.after(epoch, sequence);
  }

  Set<IpAddress> addresses(GroupSelector selector) {
    return answered == null ? Set.of() : Set.copyOf(answered.addresses(selector));
  }

  @Override
  public void close() throws IOException {
    for (Picture picture : new Picture[] {answered, coming}) {
      if (picture != null) {
        picture.close();
      }
    }
    lock.close();
  }
}
