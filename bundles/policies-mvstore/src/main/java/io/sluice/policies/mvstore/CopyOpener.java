package io.sluice.policies.mvstore;

import io.sluice.api.resource.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the file of a store, whatever state it is in: makes it if there is none, brings an earlier
 * format here, leaves a later one untouched, sets a damaged one aside. Remembers what an operator
 * should know of that.
 */
final class CopyOpener implements AutoCloseable {
  /** How often a process may die while it reads a file before the file is given up. */
  private static final int ATTEMPTS = 3;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'.'SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path path;
  private final Formats formats;
  private final InstantSource clock;
  private final long floor;
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable HolderLock lock;
  private String whyReadOnly = "";

  CopyOpener(Path path, Formats formats, InstantSource clock, long floor) {
    this.path = path;
    this.formats = formats;
    this.clock = clock;
    this.floor = floor;
  }

  Path path() {
    return path;
  }

  /** Why the file that {@link #open} answered last can only be read. */
  String whyReadOnly() {
    return whyReadOnly;
  }

  /** What was set aside since the start. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /**
   * Opens it to be written, or, if that can't be, to be read.
   *
   * @throws UnavailableException if it can be neither, with the reason and the remedy
   */
  CopyFile open() throws UnavailableException {
    try {
      return openForWriting();
    } catch (UnavailableException e) {
      throw e;
    } catch (IOException e) {
      return openForReading(e);
    }
  }

  private CopyFile openForWriting() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (lock == null) {
      lock = HolderLock.take(path);
    }
    Files.deleteIfExists(CopyFile.fresh(path));
    if (!Files.exists(path)) {
      CopyFile.create(path, formats);
      return CopyFile.open(path, formats, floor);
    }
    if (!Files.isWritable(path)) {
      throw new IOException(path + " is not writable");
    }
    try (Attempt attempt = Attempt.begin(path)) {
      if (attempt.number() > ATTEMPTS) {
        throw new DamagedException(
            "the agent has died " + ATTEMPTS + " times in a row while it read it");
      }
      refuseNewer();
      return CopyFile.open(path, formats, floor);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new UnavailableException(path + " is locked by another process", e);
      }
      setAside(e);
    } catch (RuntimeException e) {
      // MVStore meets damage with exceptions of any kind.
      setAside(e);
    }
    CopyFile.create(path, formats);
    return CopyFile.open(path, formats, floor);
  }

  private void refuseNewer() throws UnavailableException {
    try {
      int format = CopyFile.format(path);
      if (format > formats.current()) {
        throw newer("format " + format, null);
      }
    } catch (MVStoreException e) {
      if (e.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT) {
        throw newer("a later format of MVStore", e);
      }
      throw e;
    }
  }

  private UnavailableException newer(String format, @Nullable Throwable cause) {
    return new UnavailableException(
        path
            + " has "
            + format
            + ", this agent knows formats up to "
            + formats.current()
            + "; it was left as it is: run the later agent again, or move the file away to begin"
            + " an empty one",
        cause);
  }

  private void setAside(RuntimeException damage) throws IOException {
    Path aside =
        path.resolveSibling(path.getFileName() + ".unusable-" + STAMP.format(clock.instant()));
    Files.move(path, aside);
    CopyFile.forceDirectory(path);
    problems.add(
        new Problem(
            path.toString(),
            "",
            "",
            "the copy was unusable (" + CopyFile.reason(damage) + "); it was set aside as " + aside,
            "an empty one was begun and is written from the sources; look at the disk, and delete"
                + " what was set aside when it is of no more use"));
  }

  private CopyFile openForReading(IOException why) throws UnavailableException {
    String message =
        "can't write " + path + ": " + (why.getMessage() == null ? why : CopyFile.reason(why));
    try {
      CopyFile file = CopyFile.readOnly(path, formats);
      whyReadOnly = message;
      return file;
    } catch (RuntimeException e) {
      // Neither written nor read: the first is what can be mended.
      UnavailableException unavailable = new UnavailableException(message, why);
      unavailable.addSuppressed(e);
      throw unavailable;
    }
  }

  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
      lock = null;
    }
  }
}
