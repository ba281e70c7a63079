package io.sluice.policies.mvstore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Byte strings in MVStore's pages, ordered as unsigned numbers. Lengths are checked before anything
 * is allocated: an agent that ran out of memory over a damaged file could not start again.
 */
final class Bytes extends BasicDataType<byte[]> {
  static final Bytes TYPE = new Bytes();

  /** More entries than any page that was written has. */
  private static final int PAGE_LIMIT = 1 << 16;

  private static final int OBJECT_BYTES = 24;

  private Bytes() {}

  @Override
  public int compare(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(one, other);
  }

  @Override
  public int getMemory(byte[] bytes) {
    return OBJECT_BYTES + bytes.length;
  }

  @Override
  public void write(WriteBuffer buffer, byte[] bytes) {
    buffer.putVarInt(bytes.length).put(bytes);
  }

  @Override
  public byte[] read(ByteBuffer buffer) {
    int length = DataUtils.readVarInt(buffer);
    if (length < 0 || length > buffer.remaining()) {
      throw new DamagedException("a length of " + length + " exceeds its page");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public byte[][] createStorage(int size) {
    if (size < 0 || size > PAGE_LIMIT) {
      throw new DamagedException("a page of " + size + " entries");
    }
    return new byte[size][];
  }
}
