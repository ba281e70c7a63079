package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.resource.Change;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.InputStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The bound stores, and what is written to each. */
final class Stores {
  private record Bound(
      String kind, boolean durable, Predicate<ResourceKey> belongs, StoreWriter writer) {}

  private final Map<InputStore, Bound> bound = new LinkedHashMap<>();
  private final Holdings holdings;
  private final InstantSource clock;
  private final Counters counters;
  private final Loop loop;
  private final long fence;
  private long lastEpoch;
  private boolean complete;

  Stores(Holdings holdings, InstantSource clock, Counters counters, Loop loop) {
    this.holdings = holdings;
    this.clock = clock;
    this.counters = counters;
    this.loop = loop;
    fence = clock.millis();
  }

  /**
   * A store came.
   *
   * @param kind the extension point, for people
   * @param belongs which objects are written to it
   */
  void bind(
      String kind, String name, boolean durable, InputStore store, Predicate<ResourceKey> belongs) {
    StoreWriter writer =
        new StoreWriter(
            name,
            store,
            () -> holdings.all().filter(resource -> belongs.test(resource.key())),
            this::epoch,
            fence,
            counters,
            loop);
    bound.put(store, new Bound(kind, durable, belongs, writer));
    if (complete) {
      writer.complete();
    }
    writer.begin();
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

  /** Writes nothing more. */
  void stop() {
    bound.values().forEach(store -> store.writer.stop());
  }

  void write(Change change) {
    for (Bound store : bound.values()) {
      if (store.belongs.test(change.key())) {
        store.writer.add(change);
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

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (Bound store : bound.values()) {
      StoreWriter writer = store.writer;
      List<Problem> problems = problems(store);
      components.add(
          new Component(
              store.kind,
              writer.name(),
              problems.isEmpty() ? "written" : "not-durable",
              writer.detail() + (store.durable ? "" : "; does not survive a restart by design"),
              problems,
              writer.numbers()));
    }
    return components;
  }

  List<Problem> problems() {
    return bound.values().stream().flatMap(store -> problems(store).stream()).toList();
  }

  private static List<Problem> problems(Bound store) {
    return store
        .writer
        .failure()
        .map(
            why ->
                List.of(
                    new Problem(
                        store.kind + " " + store.writer.name(),
                        "",
                        "",
                        "not durable: " + why,
                        "enforcement goes on; see why the store fails, writing is tried again")))
        .orElse(List.of());
  }
}
