package io.sluice.policies.mvstore;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what a {@link ByteSink} wrote. Lengths are checked against what is there before anything is
 * allocated: the bytes may be damaged.
 */
final class ByteSource {
  private final byte[] bytes;
  private final Map<String, String> known;
  private int position;

  ByteSource(byte[] bytes) {
    this(bytes, new HashMap<>());
  }

  /**
   * Reads from the beginning.
   *
   * @param known the texts that are shared among all that is read, each as itself
   */
  ByteSource(byte[] bytes, Map<String, String> known) {
    this.bytes = bytes;
    this.known = known;
  }

  int raw() {
    if (position == bytes.length) {
      throw new DamagedException("an entry ends too early");
    }
    return bytes[position++] & 0xff;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = raw();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedException("a number does not end");
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number of things of which each takes at least one byte. */
  int count() {
    long count = number();
    if (count < 0 || count > bytes.length - position) {
      throw new DamagedException("a length of " + count + " exceeds its entry");
    }
    return (int) count;
  }

  byte[] block() {
    byte[] block = new byte[count()];
    System.arraycopy(bytes, position, block, 0, block.length);
    position += block.length;
    return block;
  }

  String text() {
    int length = count();
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** A text that many entries have, such as a label: one object for all of them. */
  String shared() {
    String text = text();
    return known.computeIfAbsent(text, same -> same);
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }
}
