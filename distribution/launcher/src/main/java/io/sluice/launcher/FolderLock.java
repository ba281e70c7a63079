package io.sluice.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes this agent the only one in a folder, for as long as the process lives: the kernel drops the
 * lock with the process, so none is ever stale.
 */
final class FolderLock {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

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

  /** Takes the run folder, which nobody but its owner may enter: who can, can administer. */
  static FileLock run(Folders folders) {
    Path folder = create(folders.run(), "--run");
    checkPrivate(folder);
    return take(folder.resolve("run.lock"), "--run");
  }

  /** Takes the data folder. */
  static FileLock data(Folders folders) {
    return take(create(folders.data(), "--data").resolve("data.lock"), "--data");
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
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = new String(read(channel), StandardCharsets.US_ASCII).strip();
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

  private static byte[] read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return java.util.Arrays.copyOf(text.array(), text.position());
  }

  /** A folder that existed is not changed: it may be one that others need. */
  private static void checkPrivate(Path folder) {
    try {
      if (!Files.getPosixFilePermissions(folder).equals(PRIVATE)) {
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
