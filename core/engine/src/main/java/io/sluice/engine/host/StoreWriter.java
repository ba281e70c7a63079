package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes behind to one store: one batch is outstanding, and of what changes meanwhile only
 * the key is kept, so that a batch holds each object as it is when it is sent. A batch that failed
 * is sent again; a store that has lost its place is written anew, in a new epoch. Nobody waits for
 * it.
 */
final class StoreWriter {
  private static final int BATCH = 1000;

  /**
   * What is written.
   *
   * @param keys every object that belongs into the store
   * @param find an object as it is now, if there is one
   * @param asOf when what is held was last known to be what the sources say
   * @param epochs numbers for new epochs, each greater than any before, also in earlier lives
   * @param fence this agent's fencing token
   */
  record Content(
      Supplier<Stream<ResourceKey>> keys,
      Function<ResourceKey, Optional<Stored>> find,
      Supplier<Instant> asOf,
      LongSupplier epochs,
      long fence) {}

  private final String name;
  private final InputStore store;
  private final Content content;
  private final Counters counters;
  private final Loop loop;
  private final Calls calls;
  private final Backoff pauses = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private final Set<ResourceKey> waiting = new LinkedHashSet<>();

  private long epoch;
  private long sequence;
  private Instant asOf = Instant.EPOCH;
  private boolean complete;
  private boolean saidComplete;
  private boolean beat;
  private boolean outstanding;
  private boolean pausing;
  private boolean stopped;
  private @Nullable StoreBatch unsent;
  private @Nullable String failure;

  /** The ticker since which the store has lacked something. */
  private OptionalLong behind = OptionalLong.empty();

  /** Makes one that writes nothing until it is told where to begin. */
  StoreWriter(String name, InputStore store, Content content, Counters counters, Loop loop) {
    this.name = name;
    this.store = store;
    this.content = content;
    this.counters = counters;
    this.loop = loop;
    calls = new Calls(loop);
  }

  String name() {
    return name;
  }

  /** Why what was consumed is not in the store; empty if all is well. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** One line for people. */
  String detail() {
    return epoch == 0
        ? "is being read"
        : "epoch "
            + epoch
            + ", batch "
            + sequence
            + ", "
            + waiting.size()
            + " objects wait"
            + (saidComplete ? "" : ", not complete yet");
  }

  /** Its numbers for the status. */
  Map<String, Long> numbers() {
    long age = behind.isEmpty() ? 0 : loop.nanos() - behind.getAsLong();
    return Map.of(
        "waiting",
        (long) waiting.size(),
        Component.UNWRITTEN_AGE,
        Duration.ofNanos(age).toMillis());
  }

  private void fallBehind() {
    if (behind.isEmpty()) {
      behind = OptionalLong.of(loop.nanos());
    }
  }

  /** Begins an epoch, with everything. */
  void begin() {
    fallBehind();
    epoch = content.epochs().getAsLong();
    sequence = 0;
    asOf = Instant.EPOCH;
    saidComplete = false;
    unsent = null;
    waiting.clear();
    content.keys().get().forEach(waiting::add);
    pump();
  }

  /** Goes on where the store stands, with what differs from it. */
  void resume(StoreSnapshot snapshot) {
    epoch = snapshot.epoch();
    sequence = snapshot.sequence();
    asOf = snapshot.asOf();
    saidComplete = snapshot.complete();
    waiting.clear();
    Map<ResourceKey, Stored> there = new HashMap<>();
    snapshot.resources().forEach(stored -> there.put(stored.key(), stored));
    content
        .keys()
        .get()
        .forEach(
            key -> {
              if (!content.find().apply(key).equals(Optional.ofNullable(there.remove(key)))) {
                waiting.add(key);
              }
            });
    waiting.addAll(there.keySet());
    if (!waiting.isEmpty()) {
      fallBehind();
    }
    pump();
  }

  /** An object is another one, or is gone. */
  void add(ResourceKey key) {
    if (epoch != 0) {
      waiting.add(key);
      fallBehind();
      pump();
    }
  }

  /** From now on the engine holds everything, so that the store may say so once it does, too. */
  void complete() {
    complete = true;
    pump();
  }

  /** Tells the store that what it holds is current, though nothing has changed. */
  void beat() {
    beat = true;
    pump();
  }

  /** Whether the store has everything, or can't be given it now. */
  boolean idle() {
    return !outstanding && (waiting.isEmpty() || failure != null || stopped || epoch == 0);
  }

  void stop() {
    stopped = true;
  }

  private void pump() {
    boolean something =
        unsent != null
            || !waiting.isEmpty()
            || sequence == 0
            || beat
            || (complete && !saidComplete);
    if (stopped || outstanding || pausing || !something || epoch == 0) {
      return;
    }
    StoreBatch batch = unsent == null ? next() : unsent;
    unsent = batch;
    outstanding = true;
    calls.call(
        () -> store.apply(batch, content.fence()),
        done -> {
          outstanding = false;
          unsent = null;
          failure = null;
          pauses.reset();
          if (waiting.isEmpty()) {
            behind = OptionalLong.empty();
          }
          saidComplete |= batch.complete();
          pump();
        },
        this::failed);
  }

  private StoreBatch next() {
    List<StoreChange> changes = new ArrayList<>();
    Iterator<ResourceKey> oldest = waiting.iterator();
    while (changes.size() < BATCH && oldest.hasNext()) {
      ResourceKey key = oldest.next();
      oldest.remove();
      changes.add(
          content
              .find()
              .apply(key)
              .<StoreChange>map(StoreChange.Put::new)
              .orElseGet(() -> new StoreChange.Delete(key)));
    }
    beat = false;
    if (waiting.isEmpty()) {
      asOf = content.asOf().get();
    }
    return new StoreBatch(epoch, ++sequence, asOf, changes, complete && waiting.isEmpty());
  }

  private void failed(Throwable cause) {
    outstanding = false;
    counters.count(Counters.STORE_FAILURES);
    fallBehind();
    failure = Calls.text(cause);
    if (cause instanceof FencedException) {
      stopped = true;
      failure = "another writer took over: " + failure;
      return;
    }
    boolean lost = cause instanceof IllegalStateException;
    pausing = true;
    loop.after(
        pauses.next(),
        () -> {
          pausing = false;
          if (lost) {
            begin();
          } else {
            pump();
          }
        });
  }
}
