package io.sluice.engine.host;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bound datapaths. {@link Succession} says which of them are fed; what is in force at all of
 * those that a packet must pass is in force.
 */
final class Datapaths {
  private final Map<Datapath, DatapathSlot> slots = new LinkedHashMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final Supplier<Snapshot> whole;
  private final DatapathDriver.Listener listener;
  private final Counters counters;
  private final Loop loop;
  private final Succession succession;
  private long announced;

  /**
   * Makes an empty one.
   *
   * @param whole the newest revision as a whole
   * @param listener is told of the chosen one when a revision is in force
   * @param footprint in whose switches rules may lie from an earlier life
   */
  Datapaths(
      Supplier<Snapshot> whole,
      DatapathDriver.Listener listener,
      Footprint footprint,
      Counters counters,
      Loop loop) {
    this.whole = whole;
    this.listener = listener;
    this.counters = counters;
    this.loop = loop;
    succession = new Succession(new Surroundings(footprint::write), footprint.read(), loop);
  }

  /** Names the datapath that is to enforce; empty for the best that does. */
  void configure(String name) {
    succession.configure(name);
  }

  /** How long a takeover may take. */
  void limit(Duration limit) {
    succession.limit(limit);
  }

  void bind(Candidate candidate, Datapath datapath, DatapathObserver observer) {
    DatapathDriver driver =
        new DatapathDriver(candidate, datapath, whole, new Progress(), counters, loop);
    DatapathSlot slot = new DatapathSlot(driver);
    slots.put(datapath, slot);
    try {
      datapath.attach(observer);
    } catch (RuntimeException | LinkageError e) {
      slot.rejection =
          slot.problem("rejected: it can't be attached: " + Calls.text(e), "mend or remove it");
    }
    succession.bind(slot);
  }

  /** The service properties of a bound one have changed. */
  void modified(Candidate candidate, Datapath datapath) {
    DatapathSlot slot = slots.get(datapath);
    if (slot != null) {
      slot.driver.candidate(candidate);
      succession.modified(slot);
    }
  }

  /** A datapath went. Nothing is told to it: its rules stay. */
  void unbind(Datapath datapath) {
    DatapathSlot gone = slots.remove(datapath);
    if (gone != null) {
      succession.unbind(gone);
      if (succession.holder().isEmpty()) {
        announced = 0;
      }
    }
  }

  /** The sources have said everything: the enforcing ones may be told. */
  void open() {
    succession.open();
  }

  void offer(Update update) {
    List.copyOf(slots.values()).forEach(slot -> slot.driver.offer(update));
    if (!update.endpoints().isEmpty()) {
      succession.endpointsCame();
    }
  }

  void restart() {
    announced = 0;
    List.copyOf(slots.values()).forEach(slot -> slot.driver.restart());
    succession.restart();
  }

  void stop() {
    succession.stop();
    slots.values().forEach(slot -> slot.driver.stop());
  }

  /** A datapath has said that its status has changed. */
  void statusChanged() {
    succession.progressed();
  }

  /** Runs this whenever somebody's part may have changed. */
  void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** The one whose word counts. */
  Optional<DatapathDriver> chosen() {
    return succession.holder().map(slot -> slot.driver);
  }

  /** The newest revision that is in force wherever a packet has to pass. */
  long inForce() {
    return succession.inForce();
  }

  /** Why no datapath is chosen. */
  String whyNone() {
    if (succession.withdrawn()) {
      return "everything was released by 'sluice:release'; 'sluice:datapath use <name>' ends that";
    }
    return succession
        .frozen()
        .map(name -> "datapath '" + name + "' is gone; its rules stay in the switch, frozen")
        .orElseGet(
            () ->
                succession.named().isEmpty()
                    ? "no datapath is bound"
                    : "the configured datapath '" + succession.named() + "' is not bound");
  }

  Succession succession() {
    return succession;
  }

  /** All that are bound, in the order in which they came. */
  Collection<DatapathSlot> slots() {
    return List.copyOf(slots.values());
  }

  /** The local endpoints now. */
  Collection<LocalEndpoint> endpoints() {
    return whole.get().endpoints();
  }

  private void changed() {
    announce();
    List.copyOf(watchers).forEach(Runnable::run);
    listener.progressed();
  }

  /** Tells what has come into force, once. */
  private void announce() {
    long now = succession.inForce();
    Optional<DatapathDriver> chosen = chosen();
    if (now > announced && chosen.isPresent()) {
      announced = now;
      listener.inForce(chosen.get(), now);
    }
  }

  private final class Progress implements DatapathDriver.Listener {
    @Override
    public void progressed() {
      succession.progressed();
    }

    @Override
    public void inForce(DatapathDriver driver, long revision) {
      announce();
      succession.progressed();
    }
  }

  private final class Surroundings implements DatapathHost {
    private final Consumer<List<String>> footprint;

    Surroundings(Consumer<List<String>> footprint) {
      this.footprint = footprint;
    }

    @Override
    public Collection<LocalEndpoint> endpoints() {
      return Datapaths.this.endpoints();
    }

    @Override
    public void remember(List<String> names) {
      footprint.accept(names);
    }

    @Override
    public void changed() {
      Datapaths.this.changed();
    }
  }
}
