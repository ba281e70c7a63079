package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.InputStore;
import io.sluice.api.store.PolicyStore;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.api.store.StoreStatus;
import io.sluice.api.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The bound stores, and what is written to each. A durable one is read before it is written: what
 * it holds may be all that is known of sources that are away.
 */
final class Stores {
  static final String LABELS = "label-store";
  static final String POLICIES = "policy-store";

  /** The extension points of stores. */
  static final List<String> KINDS = List.of(LABELS, POLICIES);

  private static final Duration BEAT = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(10);

  private record Bound(
      InputStore store,
      String kind,
      boolean durable,
      Predicate<ResourceKey> belongs,
      StoreWriter writer) {}

  /**
   * What the engine holds.
   *
   * @param keys every object
   * @param find an object in the form that has to survive
   * @param inContact whether it is what every source says at this moment
   */
  record Content(
      Supplier<Stream<ResourceKey>> keys,
      Function<ResourceKey, Optional<Stored>> find,
      BooleanSupplier inContact) {}

  private final Map<InputStore, Bound> bound = new LinkedHashMap<>();
  private final Content content;
  private final BiConsumer<String, StoreSnapshot> restored;
  private final InstantSource clock;
  private final Counters counters;
  private final Loop loop;
  private final Calls calls;
  private final long fence;
  private Instant asOf = Instant.EPOCH;
  private int reading;
  private long lastEpoch;
  private boolean complete;

  /**
   * Makes an empty one.
   *
   * @param restored takes what a durable store held, by the store's kind, before anything is
   *     written to it; an incomplete snapshot stands for a store that could not be read
   */
  Stores(
      Content content,
      BiConsumer<String, StoreSnapshot> restored,
      InstantSource clock,
      Counters counters,
      Loop loop) {
    this.content = content;
    this.restored = restored;
    this.clock = clock;
    this.counters = counters;
    this.loop = loop;
    calls = new Calls(loop);
    fence = clock.millis();
    loop.after(BEAT, this::beatAgain);
  }

  /**
   * A store came.
   *
   * @param kind the extension point
   * @param belongs which objects are written to it
   */
  void bind(
      String kind, String name, boolean durable, InputStore store, Predicate<ResourceKey> belongs) {
    StoreWriter writer =
        new StoreWriter(
            name,
            store,
            new StoreWriter.Content(
                () -> content.keys().get().filter(belongs),
                content.find(),
                this::asOf,
                this::epoch,
                fence),
            counters,
            loop);
    Bound one = new Bound(store, kind, durable, belongs, writer);
    bound.put(store, one);
    if (complete) {
      writer.complete();
    }
    if (durable) {
      read(one);
    } else {
      writer.begin();
    }
  }

  private void read(Bound one) {
    reading++;
    CompletableFuture<StoreSnapshot> answer = new CompletableFuture<>();
    Runnable cancel =
        loop.after(DurableCopy.PATIENCE, () -> answered(one, answer, StoreSnapshot.NOTHING));
    calls.call(
        one.store::snapshot,
        snapshot -> {
          cancel.run();
          answered(one, answer, snapshot);
        },
        failure -> {
          // Why it can't be read is why it can't be written, which will be said.
          cancel.run();
          answered(one, answer, StoreSnapshot.NOTHING);
        });
  }

  private void answered(
      Bound one, CompletableFuture<StoreSnapshot> answer, StoreSnapshot snapshot) {
    if (!answer.complete(snapshot)) {
      return;
    }
    reading--;
    lastEpoch = Math.max(lastEpoch, snapshot.epoch());
    if (asOf.equals(Instant.EPOCH) || snapshot.asOf().isBefore(asOf)) {
      asOf = snapshot.asOf();
    }
    restored.accept(one.kind, snapshot);
    if (snapshot.complete()) {
      one.writer.resume(snapshot);
    } else {
      one.writer.begin();
    }
  }

  /** Whether a store has not answered yet what it holds. */
  boolean reading() {
    return reading > 0;
  }

  /** When what the engine holds was last known to be what the sources say. */
  private Instant asOf() {
    if (content.inContact().getAsBoolean()) {
      asOf = clock.instant();
    }
    return asOf;
  }

  private void beatAgain() {
    beat();
    loop.after(BEAT, this::beatAgain);
  }

  private void beat() {
    if (content.inContact().getAsBoolean()) {
      bound.values().forEach(store -> store.writer.beat());
    }
  }

  /** Milliseconds since 1970, or one more than the last: greater than any of an earlier life. */
  private long epoch() {
    lastEpoch = Math.max(lastEpoch + 1, clock.millis());
    return lastEpoch;
  }

  void unbind(InputStore store) {
    Bound gone = bound.remove(store);
    if (gone != null) {
      gone.writer.stop();
    }
  }

  /**
   * Writes what waits, then nothing more.
   *
   * @param limit how long that may take
   * @param done told when it is over
   */
  void finish(Duration limit, Runnable done) {
    beat();
    awaitIdle(loop.nanos() + limit.toNanos(), done);
  }

  private void awaitIdle(long deadline, Runnable done) {
    boolean idle = bound.values().stream().allMatch(store -> store.writer.idle());
    if (idle || loop.nanos() - deadline >= 0) {
      bound.values().forEach(store -> store.writer.stop());
      done.run();
    } else {
      loop.after(POLL, () -> awaitIdle(deadline, done));
    }
  }

  /** An object is another one, or is gone. */
  void write(ResourceKey key) {
    for (Bound store : bound.values()) {
      if (store.belongs.test(key)) {
        store.writer.add(key);
      }
    }
  }

  /** From now on everything is known. */
  void complete() {
    if (!complete) {
      complete = true;
      bound.values().forEach(store -> store.writer.complete());
    }
  }

  /** The numbers of the policies, by the first policy store; empty if there is none. */
  CompletionStage<Map<PolicyRef, Integer>> policyIds() {
    for (InputStore store : bound.keySet()) {
      if (store instanceof PolicyStore policies) {
        return policies.ids();
      }
    }
    return CompletableFuture.completedStage(Map.of());
  }

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (Bound store : bound.values()) {
      StoreWriter writer = store.writer;
      StoreStatus own = store.store.status();
      components.add(
          new Component(
              store.kind,
              writer.name(),
              writer.failure().isEmpty() ? "written" : "not-durable",
              writer.detail()
                  + (own.detail().isEmpty() ? "" : "; " + own.detail())
                  + (store.durable ? "" : "; does not survive a restart by design"),
              problems(store),
              writer.numbers()));
    }
    return components;
  }

  List<Problem> problems() {
    return bound.values().stream().flatMap(store -> problems(store).stream()).toList();
  }

  private static List<Problem> problems(Bound store) {
    List<Problem> problems = new ArrayList<>(store.store.status().problems());
    store
        .writer
        .failure()
        .ifPresent(
            why ->
                problems.add(
                    new Problem(
                        store.kind + " " + store.writer.name(),
                        "",
                        "",
                        "not durable: " + why,
                        "enforcement goes on; see why the store fails, writing is tried again")));
    return problems;
  }
}
