package io.sluice.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes this agent the only one in a folder, for as long as the process lives: the kernel drops the
 * lock with the process, so none is ever stale.
 */
public final class FolderLock {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private static final String RUN = "run.lock";

  /** A command that looks who holds a lock has a share of it for an instant. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_MILLIS = 20;

  /** What others must not have of the run folder. */
  private static final Set<PosixFilePermission> FORBIDDEN =
      PosixFilePermissions.fromString("---rw-rw-");

  private FolderLock() {}

  /** An agent runs in the folder. */
  static final class HeldException extends StartException {
    private static final long serialVersionUID = 1L;

    private final String holder;

    HeldException(String holder, String message) {
      super(message);
      this.holder = holder;
    }

    /** The process id of that agent. */
    String holder() {
      return holder;
    }
  }

  /**
   * Takes the run folder, which nobody but its owner may list or change. Others may pass through
   * it, where the shell's configuration has let them: the socket judges each of them by name.
   */
  static FileLock run(Folders folders) {
    Path folder = create(folders.run(), "--run");
    checkPrivate(folder);
    return take(folder.resolve(RUN), "--run");
  }

  /** Takes the data folder. */
  static FileLock data(Folders folders) {
    return take(createData(folders).resolve("data.lock"), "--data");
  }

  /**
   * The process id of the agent that runs with these folders, if one does.
   *
   * @throws StartException if that can't be told
   */
  public static OptionalLong holder(Folders folders) {
    Path file = folders.run().resolve(RUN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock share = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return share == null ? OptionalLong.of(Long.parseLong(text(channel))) : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new StartException("can't tell from " + file + " whether an agent runs: " + e, e);
    } catch (NumberFormatException e) {
      throw new StartException("an agent holds " + file + " and has not yet said which", e);
    }
  }

  /**
   * Makes the data folder, as an agent does.
   *
   * @throws StartException if it can't be made
   */
  public static Path createData(Folders folders) {
    return create(folders.data(), "--data");
  }

  private static Path create(Path folder, String option) {
    try {
      return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (IOException e) {
      throw new StartException("can't make " + folder + " (" + option + "): " + e, e);
    }
  }

  /** The lock must be kept reachable. */
  private static FileLock take(Path file, String option) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        String holder = text(channel);
        channel.close();
        throw new HeldException(
            holder,
            "another agent (pid "
                + holder
                + ") runs with "
                + file.getParent()
                + ": stop it, or give this one a folder of its own with "
                + option);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return lock;
    } catch (IOException e) {
      throw new StartException("can't lock " + file + " (" + option + "): " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    for (int i = 1; lock == null && i < ATTEMPTS; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
      lock = channel.tryLock();
    }
    return lock;
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  /** A folder that existed is not changed: it may be one that others need. */
  private static void checkPrivate(Path folder) {
    try {
      if (!Collections.disjoint(Files.getPosixFilePermissions(folder), FORBIDDEN)) {
        throw new StartException(
            folder
                + " must be accessible to its owner only: chmod 700 "
                + folder
                + ", or give another folder with --run");
      }
    } catch (IOException e) {
      throw new StartException("can't use " + folder + " (--run): " + e, e);
    }
  }
}
