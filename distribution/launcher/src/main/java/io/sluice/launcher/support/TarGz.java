package io.sluice.launcher.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes a compressed tar archive (POSIX ustar) of texts, readable by its owner only. */
final class TarGz implements AutoCloseable {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int CHECKSUM = 148;

  private final OutputStream out;
  private final Instant time;

  /**
   * Makes the file.
   *
   * @throws IOException if it exists or can't be made
   */
  TarGz(Path file, Instant time) throws IOException {
    this.time = time;
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    out = new GZIPOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
  }

  /**
   * Adds a file.
   *
   * @param name its path in the archive, less than 100 bytes of ASCII
   */
  void add(String name, byte[] content) throws IOException {
    out.write(header(name, content.length));
    out.write(content);
    out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
  }

  private byte[] header(String name, int length) {
    byte[] header = new byte[BLOCK];
    if (name.length() >= NAME) {
      throw new IllegalArgumentException(name + " is too long");
    }
    text(header, 0, name);
    text(header, NAME, "0000600");
    text(header, 108, "0000000");
    text(header, 116, "0000000");
    text(header, 124, String.format(Locale.ROOT, "%011o", length));
    text(header, 136, String.format(Locale.ROOT, "%011o", time.getEpochSecond()));
    text(header, CHECKSUM, "        ");
    text(header, 156, "0");
    text(header, 257, "ustar");
    text(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, CHECKSUM, String.format(Locale.ROOT, "%06o", sum));
    header[CHECKSUM + 6] = 0;
    return header;
  }

  private static void text(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }
}
