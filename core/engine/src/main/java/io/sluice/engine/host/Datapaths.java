package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathObserver;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import io.sluice.api.resource.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bound datapaths. All of them are fed, so that each could answer or take over; one is chosen,
 * and what is in force there is in force.
 */
final class Datapaths {
  private static final Logger LOG = System.getLogger(Datapaths.class.getName());

  private final Map<Datapath, DatapathDriver> drivers = new LinkedHashMap<>();
  private final Choice choice = new Choice();
  private final Supplier<Snapshot> whole;
  private final DatapathDriver.Listener listener;
  private final Counters counters;
  private final Loop loop;
  private boolean open;

  /**
   * Makes an empty one.
   *
   * @param whole the newest revision as a whole
   */
  Datapaths(
      Supplier<Snapshot> whole, DatapathDriver.Listener listener, Counters counters, Loop loop) {
    this.whole = whole;
    this.listener = listener;
    this.counters = counters;
    this.loop = loop;
  }

  /** Names the datapath to choose; empty for the best that enforces. */
  void configure(String name) {
    choice.configure(name);
    choose();
  }

  void bind(Candidate candidate, Datapath datapath, DatapathObserver observer) {
    boolean held = candidate.enforcing() && !open;
    DatapathDriver driver =
        new DatapathDriver(candidate, datapath, whole, held, listener, counters, loop);
    drivers.put(datapath, driver);
    datapath.attach(observer);
    choose();
    if (!held) {
      driver.letGo();
    }
  }

  /** A datapath went. Nothing is told to it: its rules stay. */
  void unbind(Datapath datapath) {
    DatapathDriver gone = drivers.remove(datapath);
    if (gone != null) {
      gone.stop();
      choose();
    }
  }

  private void choose() {
    Optional<Candidate> before = choice.chosen();
    choice.update(drivers.values().stream().map(DatapathDriver::candidate).toList());
    Optional<Candidate> now = choice.chosen();
    if (!before.equals(now)) {
      LOG.log(
          Level.INFO,
          "chosen datapath: {0}",
          now.map(chosen -> chosen.name() + (chosen.enforcing() ? "" : " (enforces nothing)"))
              .orElseGet(choice::whyNone));
    }
    listener.progressed();
  }

  /** The sources have said everything: the enforcing ones may be told. */
  void open() {
    if (!open) {
      open = true;
      List.copyOf(drivers.values()).forEach(DatapathDriver::letGo);
    }
  }

  void offer(Update update) {
    List.copyOf(drivers.values()).forEach(driver -> driver.offer(update));
  }

  void restart() {
    List.copyOf(drivers.values()).forEach(DatapathDriver::restart);
  }

  void stop() {
    drivers.values().forEach(DatapathDriver::stop);
  }

  /** The one whose word counts. */
  Optional<DatapathDriver> chosen() {
    return choice
        .chosen()
        .flatMap(
            chosen ->
                drivers.values().stream()
                    .filter(driver -> driver.candidate().equals(chosen))
                    .findFirst());
  }

  /** Why no datapath is chosen. */
  String whyNone() {
    return choice.whyNone();
  }

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    Optional<DatapathDriver> chosen = chosen();
    for (DatapathDriver driver : drivers.values()) {
      DatapathStatus status = driver.datapath().status();
      components.add(
          new Component(
              "datapath",
              driver.candidate().name(),
              status.state().name().toLowerCase(Locale.ROOT),
              (chosen.filter(one -> one == driver).isPresent() ? "chosen; " : "fed; ")
                  + (driver.candidate().enforcing() ? "enforces" : "enforces nothing")
                  + "; revision "
                  + driver.acknowledged()
                  + " acknowledged, "
                  + driver.inForce()
                  + " in force; "
                  + (driver.held() ? "waits until every source is synced; " : "")
                  + status.detail(),
              problems(driver, status),
              status.counters()));
    }
    choice
        .frozen()
        .ifPresent(
            name ->
                components.add(
                    new Component(
                        "datapath",
                        name,
                        "frozen",
                        "is not bound any more",
                        List.of(frozen(name)))));
    return components;
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    drivers
        .values()
        .forEach(driver -> problems.addAll(problems(driver, driver.datapath().status())));
    choice.frozen().ifPresent(name -> problems.add(frozen(name)));
    return problems;
  }

  private static List<Problem> problems(DatapathDriver driver, DatapathStatus status) {
    List<Problem> problems = new ArrayList<>(status.problems());
    String origin = "datapath " + driver.candidate().name();
    if (status.state() != DatapathStatus.State.READY && status.problems().isEmpty()) {
      problems.add(
          new Problem(
              origin,
              "",
              "",
              status.state().name().toLowerCase(Locale.ROOT) + ": " + status.detail(),
              "bring its switch back; the rules it has stay"));
    }
    driver
        .failure()
        .ifPresent(
            why -> problems.add(new Problem(origin, "", "", why, "a snapshot is tried again")));
    return problems;
  }

  private static Problem frozen(String name) {
    return new Problem(
        "datapath " + name,
        "",
        "",
        "frozen: its bundle is gone, its rules stay in the switch as they were",
        "start the bundle of datapath '" + name + "' again");
  }
}
