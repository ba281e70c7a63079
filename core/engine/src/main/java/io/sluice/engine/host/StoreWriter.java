package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.source.ChangeBuffer;
import io.sluice.api.store.FencedException;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.StoreBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes behind to one store: one batch is outstanding, what changes meanwhile is merged by
 * key. After a failure everything is written again in a new epoch. Nobody waits for it.
 */
final class StoreWriter {
  private static final int BATCH = 1000;

  private final String name;
  private final InputStore store;
  private final Supplier<Stream<Resource>> everything;
  private final LongSupplier epochs;
  private final long fence;
  private final Counters counters;
  private final Loop loop;
  private final Calls calls;
  private final Backoff pauses = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));
  private final ChangeBuffer waiting = new ChangeBuffer();

  private long epoch;
  private long sequence;
  private boolean complete;
  private boolean saidComplete;
  private boolean outstanding;
  private boolean pausing;
  private boolean stopped;
  private @Nullable String failure;

  /** The ticker since which the store has lacked something. */
  private OptionalLong behind = OptionalLong.empty();

  /**
   * Makes one that writes everything first.
   *
   * @param everything all resources that belong into this store
   * @param epochs numbers for new epochs, each greater than any before, also in earlier lives
   * @param fence this agent's fencing token
   */
  StoreWriter(
      String name,
      InputStore store,
      Supplier<Stream<Resource>> everything,
      LongSupplier epochs,
      long fence,
      Counters counters,
      Loop loop) {
    this.name = name;
    this.store = store;
    this.everything = everything;
    this.epochs = epochs;
    this.fence = fence;
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
    return "epoch "
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

  /** Begins, with everything. */
  void begin() {
    fallBehind();
    epoch = epochs.getAsLong();
    sequence = 0;
    saidComplete = false;
    waiting.clear();
    everything.get().forEach(resource -> waiting.add(new Change.Upsert(resource)));
    pump();
  }

  void add(Change change) {
    waiting.add(change);
    fallBehind();
    pump();
  }

  /** From now on the engine holds everything, so that the store may say so once it does, too. */
  void complete() {
    complete = true;
    pump();
  }

  void stop() {
    stopped = true;
  }

  private void pump() {
    boolean something = !waiting.isEmpty() || sequence == 0 || (complete && !saidComplete);
    if (stopped || outstanding || pausing || !something || epoch == 0) {
      return;
    }
    List<Change> changes = waiting.take(BATCH);
    boolean all = complete && waiting.isEmpty();
    StoreBatch batch = new StoreBatch(epoch, ++sequence, changes, all);
    outstanding = true;
    calls.call(
        () -> store.apply(batch, fence),
        done -> {
          outstanding = false;
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

  private void failed(Throwable cause) {
    outstanding = false;
    counters.count(Counters.STORE_FAILURES);
    if (cause instanceof FencedException) {
      stopped = true;
      failure = "another writer took over: " + Calls.text(cause);
      return;
    }
    failure = Calls.text(cause);
    pausing = true;
    loop.after(
        pauses.next(),
        () -> {
          pausing = false;
          begin();
        });
  }
}
