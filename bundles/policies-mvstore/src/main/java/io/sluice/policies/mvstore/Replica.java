package io.sluice.policies.mvstore;

import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.BatchLog;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * What an open file holds: two pictures, of which one is <em>shown</em>. While that one is
 * complete, a new epoch is built in the other, and takes its place when it is complete; so a
 * complete picture is never taken apart before there is a newer one. Confined to the store's
 * thread; nothing of a batch is on the disk before {@link CopyFile#commit}, and then all of it is.
 */
final class Replica {
  private static final String STATE = "state";
  private static final byte[] STATE_KEY = STATE.getBytes(StandardCharsets.UTF_8);
  private static final int LOGGED_CHANGES = 5_000;
  private static final int NONE = 2;

  /** A change in bytes; without a body the object is gone. */
  private static final class Step {
    private final byte[] key;
    private final byte @Nullable [] body;

    Step(byte[] key, byte @Nullable [] body) {
      this.key = key;
      this.body = body;
    }
  }

  private final MVMap<byte[], byte[]> state;
  private final Picture[] pictures;
  private BatchLog log = new BatchLog(LOGGED_CHANGES);
  private int shown;
  private int built = NONE;
  private int lastId;

  private Replica(MVStore store) {
    state = map(store, STATE);
    pictures = new Picture[] {new Picture(map(store, "0")), new Picture(map(store, "1"))};
  }

  private static MVMap<byte[], byte[]> map(MVStore store, String name) {
    return store.openMap(
        name, new MVMap.Builder<byte[], byte[]>().keyType(Bytes.TYPE).valueType(Bytes.TYPE));
  }

  /** Puts an empty one into a new file. */
  static Replica create(MVStore store) {
    Replica replica = new Replica(store);
    replica.save();
    return replica;
  }

  /**
   * Reads one and checks all of it.
   *
   * @throws DamagedException if it is not as it was written
   */
  static Replica read(MVStore store) {
    Replica replica = new Replica(store);
    replica.load();
    return replica;
  }

  /** Goes on from one of the same content: what came before is remembered. */
  Replica after(Replica before) {
    log = before.log;
    return this;
  }

  private void load() {
    byte[] saved = state.get(STATE_KEY);
    if (saved == null) {
      throw new DamagedException("it has no state");
    }
    Entry.check(STATE_KEY, saved);
    ByteSource source = Entry.opened(saved, new HashMap<>());
    source.number();
    shown = source.raw();
    built = source.raw();
    lastId = (int) source.number();
    for (Picture picture : pictures) {
      picture.read(source);
    }
    pictures[shown].check();
    if (built != NONE) {
      pictures[built].check();
    }
    log.begin(pictures[shown].epoch(), pictures[shown].sequence());
  }

  private void save() {
    ByteSink sink = new ByteSink();
    sink.raw(shown);
    sink.raw(built);
    sink.number(lastId);
    for (Picture picture : pictures) {
      picture.write(sink);
    }
    state.put(STATE_KEY, Entry.seal(STATE_KEY, 0, sink.bytes()));
  }

  /** Puts what counts of it into a new file. */
  void copyInto(MVStore store) {
    Replica copy = new Replica(store);
    copy.shown = shown;
    copy.built = built;
    copy.lastId = lastId;
    copy.pictures[shown].copy(pictures[shown]);
    if (built != NONE) {
      copy.pictures[built].copy(pictures[built]);
    }
    copy.save();
  }

  /**
   * Takes a batch, or changes nothing.
   *
   * @throws IllegalStateException if it leaves a gap
   * @throws IllegalArgumentException if it holds what can't be kept
   */
  void apply(StoreBatch batch, boolean numbered) {
    List<Step> steps = encode(batch);
    Picture picture = target(batch);
    if (batch.sequence() <= picture.sequence()) {
      return;
    }
    for (Step step : steps) {
      if (step.body == null) {
        picture.remove(step.key);
      } else {
        int id = numbered ? id(picture, step.key) : 0;
        picture.put(step.key, Entry.seal(step.key, id, step.body));
      }
    }
    picture.taken(batch.sequence(), batch.asOf(), batch.complete());
    if (picture != pictures[shown] && picture.complete()) {
      pictures[shown].begin(0);
      shown = built;
      built = NONE;
      log.begin(picture.epoch(), picture.sequence());
    } else if (picture == pictures[shown]) {
      log.add(batch);
    }
    save();
  }

  private static List<Step> encode(StoreBatch batch) {
    List<Step> steps = new ArrayList<>(batch.changes().size());
    for (StoreChange change : batch.changes()) {
      byte[] key = ResourceCodec.key(change.key());
      steps.add(
          switch (change) {
            case StoreChange.Put(Stored stored) -> new Step(key, Entry.body(stored));
            case StoreChange.Delete(ResourceKey _) -> new Step(key, null);
          });
    }
    return steps;
  }

  /** The picture that a batch is for; a new epoch has begun there if it is the first of one. */
  private Picture target(StoreBatch batch) {
    Picture tip = pictures[built == NONE ? shown : built];
    if (batch.epoch() == tip.epoch()) {
      checkNext(batch, tip.sequence());
      return tip;
    }
    if (batch.epoch() == pictures[shown].epoch()) {
      checkNext(batch, pictures[shown].sequence());
      if (batch.sequence() > pictures[shown].sequence()) {
        drop();
      }
      return pictures[shown];
    }
    checkNext(batch, 0);
    if (batch.sequence() != 1) {
      throw new IllegalStateException("batch 1 is the first of epoch " + batch.epoch());
    }
    if (pictures[shown].complete()) {
      built = 1 - shown;
      pictures[built].begin(batch.epoch());
      return pictures[built];
    }
    pictures[shown].begin(batch.epoch());
    return pictures[shown];
  }

  /** The writer has given up the epoch that is not complete. */
  private void drop() {
    pictures[built].begin(0);
    built = NONE;
  }

  private static void checkNext(StoreBatch batch, long last) {
    if (batch.sequence() > last + 1) {
      throw new IllegalStateException(
          "batch "
              + batch.sequence()
              + " of epoch "
              + batch.epoch()
              + " leaves a gap: batch "
              + (last + 1)
              + " is next");
    }
  }

  /** The policy's id here or in the other picture, else the next one that was never given. */
  private int id(Picture picture, byte[] key) {
    byte[] known = picture.get(key);
    if (known == null && picture != pictures[shown]) {
      known = pictures[shown].get(key);
    }
    return known == null ? ++lastId : Entry.id(known);
  }

  StoreSnapshot snapshot() {
    Picture picture = pictures[shown];
    List<Stored> resources = new ArrayList<>((int) picture.count());
    Map<String, String> known = new HashMap<>();
    picture.forEach((key, entry) -> resources.add(Entry.read(entry, known).stored()));
    return new StoreSnapshot(
        picture.epoch(), picture.sequence(), picture.complete(), picture.asOf(), resources);
  }

  StoreChanges changes(long epoch, long sequence) {
    return log.after(epoch, sequence);
  }

  Map<PolicyRef, Integer> ids() {
    Map<PolicyRef, Integer> ids = new HashMap<>();
    Map<String, String> known = new HashMap<>();
    pictures[shown].forEach(
        (key, bytes) -> {
          Entry entry = Entry.read(bytes, known);
          ids.put(PolicyRef.of(entry.stored().key()), entry.id());
        });
    return ids;
  }

  /** How many objects {@link #snapshot} answers. */
  long count() {
    return pictures[shown].count();
  }

  /** What everything that counts takes, without what is around it in the file. */
  long bytes() {
    return pictures[0].bytes() + pictures[1].bytes();
  }
}
