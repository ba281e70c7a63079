package io.sluice.source.files;

import io.sluice.manifests.ManifestDirectory;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's notices about a directory and about its name in its parent. Where there are none
 * (too many watches, odd file systems) the periodic look must do.
 */
final class DirectoryWatch implements AutoCloseable {
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final Path directory;
  private final Notices notices;
  private final @Nullable WatchService service;
  private @Nullable WatchKey own;

  /** Who is told; called on a thread of the watch. */
  interface Notices {
    /** The file of this name in the directory may have changed. */
    void file(String name);

    /** Anything may have changed. */
    void anything();
  }

  /** Begins to watch. */
  DirectoryWatch(Path directory, Notices notices) {
    this.directory = directory.toAbsolutePath();
    this.notices = notices;
    WatchService made = null;
    try {
      made = directory.getFileSystem().newWatchService();
      Path parent = this.directory.getParent();
      if (parent != null) {
        parent.register(made, KINDS);
      }
    } catch (IOException e) {
      // Without notices, or without those of the parent: the periodic look finds changes.
      notices.anything();
    }
    service = made;
    renew();
    if (made != null) {
      WatchService watched = made;
      Thread unused = Thread.ofVirtual().name("sluice-files-watch").start(() -> forward(watched));
    }
  }

  /** Watches whatever directory has the name now. Does nothing if it is watched already. */
  void renew() {
    if (service == null) {
      return;
    }
    try {
      WatchKey now = directory.register(service, KINDS);
      synchronized (this) {
        if (own != null && !now.equals(own)) {
          own.cancel();
        }
        own = now;
      }
    } catch (IOException | ClosedWatchServiceException e) {
      synchronized (this) {
        own = null; // The look that found the directory missing, or the next one, reports it.
      }
    }
  }

  private void forward(WatchService watched) {
    try {
      while (true) {
        WatchKey key = watched.take();
        boolean ours;
        synchronized (this) {
          ours = key.equals(own);
        }
        for (WatchEvent<?> event : key.pollEvents()) {
          tell(ours, event.context() instanceof Path name ? name.toString() : "");
        }
        if (!key.reset()) {
          notices.anything();
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      Thread.currentThread().interrupt(); // Closed: nothing more to tell.
    }
  }

  private void tell(boolean ours, String name) {
    if (ours && ManifestDirectory.isManifest(name)) {
      notices.file(name);
    } else if (ours || name.isEmpty() || directory.endsWith(name)) {
      // An overflow, the kubelet's ..data, or the directory's own name.
      notices.anything();
    }
  }

  @Override
  public void close() {
    if (service != null) {
      closing(service);
    }
  }

  private static void closing(WatchService service) {
    try {
      service.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the watch does not close", e);
    }
  }

  /** Notices that only say that something may have changed. */
  static Notices of(Consumer<String> file, Runnable anything) {
    return new Notices() {
      @Override
      public void file(String name) {
        file.accept(name);
      }

      @Override
      public void anything() {
        anything.run();
      }
    };
  }
}
