package io.sluice.source.kubernetes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;

/** An answer's body that knows how long it has been silent, and whether its connection broke. */
final class QuietStream extends FilterInputStream {
  private final long patience;
  private final Consumer<QuietStream> closed;
  private volatile long heard = System.nanoTime();
  private volatile boolean broke;

  /**
   * Makes one.
   *
   * @param patience how long it may be silent while somebody reads
   * @param closed told when it is closed
   */
  QuietStream(InputStream in, Duration patience, Consumer<QuietStream> closed) {
    super(in);
    this.patience = patience.toNanos();
    this.closed = closed;
  }

  /** Whether somebody has been waiting for the next byte for too long. */
  boolean isStale() {
    return heard != 0 && System.nanoTime() - heard > patience;
  }

  /** Whether reading failed: the connection broke, or was given up. */
  boolean broke() {
    return broke;
  }

  /** Makes whoever reads fail. */
  void giveUp() {
    try {
      in.close();
    } catch (IOException e) {
      broke = true; // It can't be closed because it is broken already, which was wanted.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? count : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    heard = System.nanoTime();
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      broke = true;
      throw e;
    } finally {
      heard = 0; // Whoever reads is busy with what it has got.
    }
  }

  @Override
  public void close() throws IOException {
    closed.accept(this);
    super.close();
  }
}
