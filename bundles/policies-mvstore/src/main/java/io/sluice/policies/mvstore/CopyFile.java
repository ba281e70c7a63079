package io.sluice.policies.mvstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * An open file. It only grows: space is never used again, so a commit that is cut short leaves what
 * was there before. When most of it is history, what counts is written to a new file, which takes
 * the place of the old one by a rename.
 */
final class CopyFile implements AutoCloseable {
  /** A file is written anew when it is this many times as large as what it holds. */
  private static final int GROWTH = 4;

  private static final int CACHE_MIB = 1;

  private final Path path;
  private final int format;
  private final long floor;
  private final boolean writable;
  private MVStore store;
  private Replica replica;
  private long rewriteAt;

  private CopyFile(
      Path path, int format, long floor, boolean writable, MVStore store, Replica replica) {
    this.path = path;
    this.format = format;
    this.floor = floor;
    this.writable = writable;
    this.store = store;
    this.replica = replica;
  }

  /**
   * Opens an existing file and checks all of it.
   *
   * @param floor a file that is smaller is never written anew, in bytes
   * @throws DamagedException if it is not as it was written; so do other runtime exceptions of
   *     MVStore
   */
  static CopyFile open(Path path, Formats formats, long floor) {
    MVStore store = builder(path).open();
    try {
      if (formats.migrate(store)) {
        store.commit();
        store.sync();
      }
      return new CopyFile(path, formats.current(), floor, true, store, Replica.read(store));
    } catch (RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  /** Opens an existing file of the current format, to be read only. */
  static CopyFile readOnly(Path path, Formats formats) {
    MVStore store = builder(path).readOnly().open();
    try {
      if (store.getStoreVersion() != formats.current()) {
        throw new DamagedException("its format can't be changed while it can't be written");
      }
      return new CopyFile(path, formats.current(), 0, false, store, Replica.read(store));
    } catch (RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  /** The number of a file's format; changes nothing in it. */
  static int format(Path path) {
    MVStore store = builder(path).readOnly().open();
    try {
      return store.getStoreVersion();
    } finally {
      store.closeImmediately();
    }
  }

  /** Makes an empty file where there is none. */
  static void create(Path path, Formats formats) throws IOException {
    Path fresh = fresh(path);
    try {
      write(fresh, formats.current(), Replica::create);
      take(fresh, path);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static MVStore.Builder builder(Path path) {
    // Nothing may be committed but by commit(): half a batch would be on the disk.
    return new MVStore.Builder()
        .fileName(path.toString())
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .cacheSize(CACHE_MIB)
        .compress();
  }

  /** What a file is written to before it takes its name. */
  static Path fresh(Path path) {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  private interface Content {
    void into(MVStore store);
  }

  private static void write(Path fresh, int format, Content content) throws IOException {
    Files.deleteIfExists(fresh);
    try {
      MVStore store = builder(fresh).open();
      try {
        content.into(store);
        store.setStoreVersion(format);
        store.commit();
        store.sync();
      } finally {
        store.closeImmediately();
      }
    } catch (MVStoreException e) {
      throw new UnavailableException("can't write " + fresh + ": " + reason(e), e);
    }
  }

  private static void take(Path fresh, Path path) throws IOException {
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(path);
  }

  /** Makes the names in the directory of a file as durable as its content. */
  static void forceDirectory(Path path) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  Replica replica() {
    return replica;
  }

  boolean writable() {
    return writable;
  }

  /** Bytes on the disk. */
  long size() {
    return store.getFileStore().size();
  }

  /**
   * Forces everything that was applied to the disk, all or nothing. After a failure the file must
   * be closed and opened again.
   */
  void commit() throws IOException {
    try {
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      throw new UnavailableException("can't write " + path + ": " + reason(e), e);
    }
  }

  /** Writes the file anew if most of it is history; to be called when everything is committed. */
  void tidy() throws IOException {
    long size = size();
    if (size <= Math.max(Math.max(floor, replica.bytes() * GROWTH), rewriteAt)) {
      return;
    }
    Path fresh = fresh(path);
    try {
      write(fresh, format, replica::copyInto);
    } catch (IOException e) {
      // There is no room for a second one; the old one goes on, and it is tried again later.
      Files.deleteIfExists(fresh);
      rewriteAt = size + size / GROWTH;
      return;
    }
    store.closeImmediately();
    take(fresh, path);
    rewriteAt = 0;
    Replica before = replica;
    store = builder(path).open();
    replica = Replica.read(store).after(before);
  }

  /** Closes it as it is; what was not committed is not there. */
  @Override
  public void close() {
    store.closeImmediately();
  }

  /** The innermost reason of a failure, which is what the operating system says. */
  static String reason(Throwable failure) {
    Throwable inner = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      inner = next;
    }
    String message = inner.getMessage();
    return message == null ? inner.getClass().getSimpleName() : message;
  }
}
