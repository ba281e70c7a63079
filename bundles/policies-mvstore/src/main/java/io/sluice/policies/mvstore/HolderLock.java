package io.sluice.policies.mvstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes this agent the only one that writes a file; the kernel drops the lock with the process. It
 * lies beside the file, which may be renamed while it is held.
 */
final class HolderLock implements AutoCloseable {
  private static final Charset ASCII = StandardCharsets.US_ASCII;

  private final FileChannel channel;

  private HolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a file.
   *
   * @throws UnavailableException if another agent holds it
   */
  static HolderLock take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (lock(channel)) {
      sign(channel);
      return new HolderLock(channel);
    }
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    channel.close();
    String holder = new String(text.array(), 0, text.position(), ASCII).strip();
    throw new UnavailableException(
        file
            + " is in use by another agent (pid "
            + holder
            + "): stop that one, or give this one a directory of its own in"
            + " io.sluice.policies.mvstore.cfg");
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // Held within this process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Says who holds it. */
  private static void sign(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(ASCII)), 0);
    } catch (IOException e) {
      // On a full disk the lock holds as well; only a message lacks a number.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
