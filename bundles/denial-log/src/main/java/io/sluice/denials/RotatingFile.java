package io.sluice.denials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to by lines and rotated by its size: {@code x} becomes {@code x.1}, that
 * {@code x.2}, and so on. A line is there as a whole or not at all. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {
  private static final FileAttribute<?> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
  private static final Set<StandardOpenOption> APPEND =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path path;
  private final long maxBytes;
  private final int files;
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private long size;

  /**
   * Makes one; nothing is opened before the first line.
   *
   * @param maxBytes how long the file may become
   * @param files how many are kept, this one included
   */
  RotatingFile(Path path, long maxBytes, int files) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.files = files;
  }

  /** Appends a line. After a failure the next call tries anew. */
  void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    FileChannel open = channel == null ? open() : channel;
    if (size > 0 && size + bytes.remaining() > maxBytes) {
      close();
      rotate();
      open = open();
    }
    int length = bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        int unused = open.write(bytes);
      }
      size += length;
    } catch (IOException e) {
      undo(open, e);
      throw e;
    }
  }

  /** Takes half a line away again. */
  private void undo(FileChannel open, IOException cause) {
    try (open) {
      open.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    channel = null;
  }

  private FileChannel open() throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    FileChannel opened = FileChannel.open(path, APPEND, MODE);
    channel = opened;
    size = opened.size();
    key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return opened;
  }

  private void rotate() throws IOException {
    for (int number = files - 1; number > 0; number--) {
      Path from = number == 1 ? path : numbered(number - 1);
      if (Files.exists(from)) {
        Files.move(
            from,
            numbered(number),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.deleteIfExists(path);
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** Opens the file anew if somebody has moved or removed it. */
  void follow() throws IOException {
    if (channel == null) {
      return;
    }
    try {
      Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      if (now != null && now.equals(key)) {
        return;
      }
    } catch (NoSuchFileException e) {
      // It is made again with the next line.
    }
    close();
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
