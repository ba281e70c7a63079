package io.sluice.policies.mvstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: numbers in as few bytes as they need, texts as UTF-8 behind their length. */
final class ByteSink {
  private byte[] bytes = new byte[256];
  private int length;

  void raw(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      raw((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    raw((int) rest);
  }

  /** A number that may be negative: small ones of either sign are short. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void text(String text) {
    block(text.getBytes(StandardCharsets.UTF_8));
  }

  void block(byte[] block) {
    number(block.length);
    append(block);
  }

  void append(byte[] more) {
    if (bytes.length - length < more.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }
}
