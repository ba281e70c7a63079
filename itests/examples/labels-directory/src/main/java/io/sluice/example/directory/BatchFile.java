package io.sluice.example.directory;

import io.sluice.api.store.StoreBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** A file of batches, each behind its length and checksum. Only whole batches count. */
final class BatchFile implements AutoCloseable {
  private static final int HEAD = Integer.BYTES + Long.BYTES;

  private final Path path;
  private FileChannel channel;
  private long length;

  private BatchFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static BatchFile create(Path path) throws IOException {
    BatchFile file =
        new BatchFile(
            path,
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    forceEntry(path);
    return file;
  }

  static BatchFile open(Path path) throws IOException {
    return new BatchFile(
        path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Reads every whole batch. What follows the last of them is written over by the next. */
  List<StoreBatch> batches() throws IOException {
    List<StoreBatch> batches = new ArrayList<>();
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(path));
    while (all.remaining() >= HEAD) {
      int size = all.getInt();
      long checksum = all.getLong();
      if (size < 0 || size > all.remaining()) {
        break;
      }
      byte[] bytes = new byte[size];
      all.get(bytes);
      if (checksum(bytes) != checksum) {
        break;
      }
      batches.add(BatchCodec.decode(bytes));
      length = all.position();
    }
    return batches;
  }

  /** How many bytes whole batches take. */
  long length() {
    return length;
  }

  /**
   * Adds a batch; it is on the disk when this returns.
   *
   * @throws IOException if it may not be; it counts for nothing then
   */
  void append(StoreBatch batch) throws IOException {
    channel.truncate(length);
    length += write(channel, length, batch);
  }

  /** Writes the file anew with one batch instead of all. */
  void replace(StoreBatch whole) throws IOException {
    Path next = path.resolveSibling("next");
    FileChannel written =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    long bytes;
    try {
      bytes = write(written, 0, whole);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      written.close();
      throw e;
    }
    channel.close();
    channel = written;
    length = bytes;
    forceEntry(path);
  }

  private static long write(FileChannel to, long at, StoreBatch batch) throws IOException {
    byte[] bytes = BatchCodec.encode(batch);
    ByteBuffer record = ByteBuffer.allocate(HEAD + bytes.length);
    record.putInt(bytes.length).putLong(checksum(bytes)).put(bytes).flip();
    long position = at;
    while (record.hasRemaining()) {
      position += to.write(record, position);
    }
    to.force(false);
    return position - at;
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  /** A new name is on the disk once its directory is. */
  private static void forceEntry(Path path) throws IOException {
    try (FileChannel directory =
        FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
