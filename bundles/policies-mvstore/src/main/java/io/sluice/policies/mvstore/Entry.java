package io.sluice.policies.mvstore;

import io.sluice.api.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What lies under a key: a checksum over the key and the rest, the policy's id (0 for what is no
 * policy), the sources, the resource.
 *
 * @param id the policy's id
 * @param stored the object
 */
record Entry(int id, Stored stored) {
  private static final int CHECKSUM_BYTES = 4;

  /** An object without its id, to be {@linkplain #seal sealed}. */
  static byte[] body(Stored stored) {
    ByteSink sink = new ByteSink();
    sink.number(stored.sources().size());
    stored.sources().forEach(sink::text);
    ResourceCodec.write(sink, stored.resource());
    return sink.bytes();
  }

  /** Puts the id and the checksum before a body. */
  static byte[] seal(byte[] key, int id, byte[] body) {
    ByteSink sink = new ByteSink();
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      sink.raw(0);
    }
    sink.number(id);
    sink.append(body);
    byte[] bytes = sink.bytes();
    int checksum = compute(key, bytes);
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      bytes[i] = (byte) (checksum >>> (8 * i));
    }
    return bytes;
  }

  /** The checksum that an entry has, as an unsigned number. */
  static long checksum(byte[] bytes) {
    long checksum = 0;
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      checksum |= (bytes[i] & 0xffL) << (8 * i);
    }
    return checksum;
  }

  private static int compute(byte[] key, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES);
    return (int) crc.getValue();
  }

  /**
   * Checks that an entry is as it was written.
   *
   * @throws DamagedException if it is not
   */
  static void check(byte[] key, byte[] bytes) {
    if (bytes.length <= CHECKSUM_BYTES
        || checksum(bytes) != Integer.toUnsignedLong(compute(key, bytes))) {
      throw new DamagedException("an entry has another checksum than its content");
    }
  }

  static int id(byte[] bytes) {
    return (int) opened(bytes, Map.of()).number();
  }

  /** Reads an entry that was checked. */
  static Entry read(byte[] bytes, Map<String, String> known) {
    ByteSource source = opened(bytes, known);
    int id = (int) source.number();
    int size = source.count();
    List<String> sources = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      sources.add(source.shared());
    }
    return new Entry(id, new Stored(ResourceCodec.read(source), sources));
  }

  static ByteSource opened(byte[] bytes, Map<String, String> known) {
    ByteSource source = new ByteSource(bytes, known);
    for (int i = 0; i < CHECKSUM_BYTES; i++) {
      source.raw();
    }
    return source;
  }
}
