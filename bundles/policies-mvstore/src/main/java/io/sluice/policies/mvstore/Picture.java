package io.sluice.policies.mvstore;

import java.time.Instant;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one epoch: a map of the file, and what must be true of it. How many entries there
 * are and the sum of their checksums are kept with each change, so that an entry that is missing,
 * is there twice or is an older one shows when the file is opened.
 */
final class Picture {
  private final MVMap<byte[], byte[]> entries;
  private long epoch;
  private long sequence;
  private boolean complete;
  private Instant asOf = Instant.EPOCH;
  private long count;
  private long sum;
  private long bytes;

  Picture(MVMap<byte[], byte[]> entries) {
    this.entries = entries;
  }

  long epoch() {
    return epoch;
  }

  long sequence() {
    return sequence;
  }

  boolean complete() {
    return complete;
  }

  Instant asOf() {
    return asOf;
  }

  long count() {
    return count;
  }

  /** What its keys and entries take, without what is around them in the file. */
  long bytes() {
    return bytes;
  }

  byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  void put(byte[] key, byte[] entry) {
    byte[] old = entries.put(key, entry);
    count(key, entry, 1);
    if (old != null) {
      count(key, old, -1);
    }
  }

  void remove(byte[] key) {
    byte[] old = entries.remove(key);
    if (old != null) {
      count(key, old, -1);
    }
  }

  private void count(byte[] key, byte[] entry, int sign) {
    count += sign;
    sum += sign * Entry.checksum(entry);
    bytes += sign * (long) (key.length + entry.length);
  }

  void forEach(BiConsumer<byte[], byte[]> action) {
    entries.forEach(action);
  }

  /** Takes note of a batch whose changes it has. */
  void taken(long toSequence, Instant knownAt, boolean nowComplete) {
    sequence = toSequence;
    asOf = knownAt;
    complete |= nowComplete;
  }

  /** Begins an epoch, with nothing in it. */
  void begin(long newEpoch) {
    entries.clear();
    epoch = newEpoch;
    sequence = 0;
    complete = false;
    asOf = Instant.EPOCH;
    count = 0;
    sum = 0;
    bytes = 0;
  }

  /** Puts everything of another one here. */
  void copy(Picture other) {
    begin(other.epoch);
    other.forEach(this::put);
    sequence = other.sequence;
    complete = other.complete;
    asOf = other.asOf;
  }

  /**
   * Reads every entry and checks that it is one that was written, and that all of them are there.
   *
   * @throws DamagedException if not
   */
  void check() {
    long[] seen = new long[2];
    forEach(
        (key, entry) -> {
          Entry.check(key, entry);
          seen[0]++;
          seen[1] += Entry.checksum(entry);
        });
    if (seen[0] != count || seen[1] != sum) {
      throw new DamagedException(
          seen[0] + " entries are there where " + count + " were written, or others than these");
    }
  }

  void write(ByteSink sink) {
    sink.number(epoch);
    sink.number(sequence);
    sink.raw(complete ? 1 : 0);
    ResourceCodec.instant(sink, asOf);
    sink.number(count);
    sink.number(sum);
    sink.number(bytes);
  }

  void read(ByteSource source) {
    epoch = source.number();
    sequence = source.number();
    complete = source.raw() == 1;
    asOf = ResourceCodec.instant(source);
    count = source.number();
    sum = source.number();
    bytes = source.number();
  }
}
