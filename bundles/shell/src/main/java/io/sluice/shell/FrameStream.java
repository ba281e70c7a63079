package io.sluice.shell;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes one stream of a command as frames of the administration protocol. */
final class FrameStream extends OutputStream {
  private final DataOutputStream out;
  private final int type;
  private long written;

  /**
   * Makes one.
   *
   * @param out the connection; also the lock by which frames do not mix
   * @param type the frames' type
   */
  FrameStream(DataOutputStream out, char type) {
    this.out = out;
    this.type = type;
  }

  /** How many bytes were written, ever. */
  long written() {
    synchronized (out) {
      return written;
    }
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    synchronized (out) {
      written += length;
      out.writeByte(type);
      out.writeInt(length);
      out.write(bytes, offset, length);
      out.flush();
    }
  }
}
