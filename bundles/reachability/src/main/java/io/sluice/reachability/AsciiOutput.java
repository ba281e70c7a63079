package io.sluice.reachability;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Buffered bytes. A million rows go through here, so nothing is formatted and nothing encoded. */
final class AsciiOutput implements Flushable {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private int length;

  AsciiOutput(OutputStream out) {
    this.out = out;
  }

  /** Writes text; everything that has a name here is ASCII. */
  AsciiOutput put(String text) throws IOException {
    int characters = text.length();
    if (characters > buffer.length - length) {
      flush();
      if (characters > buffer.length) {
        out.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return this;
      }
    }
    for (int i = 0; i < characters; i++) {
      buffer[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  AsciiOutput put(int number) throws IOException {
    return put(Integer.toString(number));
  }

  /** Writes text and fills up with spaces. */
  AsciiOutput pad(String text, int width) throws IOException {
    put(text);
    int spaces = Math.clamp((long) width - text.length(), 0, buffer.length);
    if (spaces > buffer.length - length) {
      flush();
    }
    Arrays.fill(buffer, length, length + spaces, (byte) ' ');
    length += spaces;
    return this;
  }

  @Override
  public void flush() throws IOException {
    out.write(buffer, 0, length);
    out.flush();
    length = 0;
  }
}
