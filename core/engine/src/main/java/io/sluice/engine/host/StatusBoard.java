package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.control.Measurements;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.resource.Problem;
import io.sluice.api.source.SourceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How the agent is, put together from its parts. */
final class StatusBoard {
  private final Home home;
  private final SessionServer sessions;
  private final Translators translators;
  private final PolicyBook policies;
  private final Stores stores;
  private final Datapaths datapaths;
  private final DatapathBoard datapathBoard;
  private final Gate gate;
  private final DurableCopy copy;
  private final Holdings holdings;
  private final Counters counters;
  private final LintDesk lint;
  private final Reporters reporters;
  private final Supplier<List<Problem>> others;
  private final Loop loop;

  /**
   * Makes one.
   *
   * @param others problems of the host itself
   */
  StatusBoard(
      Home home,
      SessionServer sessions,
      Translators translators,
      PolicyBook policies,
      Stores stores,
      Datapaths datapaths,
      DatapathBoard datapathBoard,
      Gate gate,
      DurableCopy copy,
      Holdings holdings,
      Counters counters,
      LintDesk lint,
      Reporters reporters,
      Supplier<List<Problem>> others,
      Loop loop) {
    this.home = home;
    this.sessions = sessions;
    this.translators = translators;
    this.policies = policies;
    this.stores = stores;
    this.datapaths = datapaths;
    this.datapathBoard = datapathBoard;
    this.gate = gate;
    this.copy = copy;
    this.holdings = holdings;
    this.counters = counters;
    this.lint = lint;
    this.reporters = reporters;
    this.others = others;
    this.loop = loop;
  }

  /**
   * The status now.
   *
   * @param dropIns what is wrong with bundles that do not take part
   */
  Status status(List<Problem> dropIns) {
    long revision = home.engine().revision();
    Optional<DatapathDriver> chosen = datapaths.chosen();
    return new Status(
        home.node(),
        readiness(revision, chosen),
        revision,
        chosen.map(DatapathDriver::acknowledged).orElse(0L),
        datapaths.inForce(),
        chosen.map(driver -> driver.candidate().name()).orElse(""),
        chosen.filter(driver -> driver.candidate().enforcing()).isPresent(),
        components(),
        problems(dropIns),
        counts());
  }

  /**
   * The same in numbers.
   *
   * @param lag how long ago the oldest event was sent that is not in force
   * @param questions how many callers wait for everything to be in force
   */
  Measurements measurements(Duration lag, int questions) {
    long revision = home.engine().revision();
    Optional<DatapathDriver> chosen = datapaths.chosen();
    Map<String, Long> sizes = sizes();
    sizes.put("settling", (long) questions);
    return new Measurements(
        home.node(),
        readiness(revision, chosen),
        gate.whyClosed().orElse(""),
        revision,
        chosen.map(DatapathDriver::acknowledged).orElse(0L),
        datapaths.inForce(),
        lag,
        chosen.map(driver -> driver.candidate().name()).orElse(""),
        chosen.filter(driver -> driver.candidate().enforcing()).isPresent(),
        components(),
        counters.events(),
        counters.all(),
        sizes);
  }

  private Status.Readiness readiness(long revision, Optional<DatapathDriver> chosen) {
    boolean synced = gate.blockers().isEmpty() && !copy.inUse();
    boolean inForce =
        chosen
            .filter(driver -> driver.candidate().enforcing())
            .filter(driver -> datapaths.inForce() >= revision)
            .filter(driver -> driver.status().state() == DatapathStatus.State.READY)
            .isPresent();
    if (!synced) {
      return Status.Readiness.STARTED;
    }
    return inForce ? Status.Readiness.IN_FORCE : Status.Readiness.SYNCED;
  }

  private List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (SourceSlot slot : sessions.slots()) {
      components.add(
          new Component(
              "source",
              slot.name,
              slot.isBound() ? slot.status.state().name().toLowerCase(Locale.ROOT) : "gone",
              slot.status.detail(),
              slot.status.problems(),
              slot.numbers(loop.nanos())));
    }
    components.addAll(translators.components());
    components.addAll(stores.components());
    components.addAll(datapathBoard.components());
    copy.component().ifPresent(components::add);
    lint.component().ifPresent(components::add);
    components.addAll(reporters.components());
    return components;
  }

  private List<Problem> problems(List<Problem> dropIns) {
    List<Problem> problems = new ArrayList<>();
    for (SourceSlot slot : sessions.slots()) {
      problems.addAll(slot.status.problems());
      if (slot.status.state() == SourceStatus.State.LOST) {
        problems.add(
            new Problem(
                "source " + slot.name,
                "",
                "",
                "lost contact: " + slot.status.detail(),
                "make its input readable again; what it said is kept"));
      }
    }
    copy.problem().ifPresent(problems::add);
    problems.addAll(policies.problems());
    gate.whyClosed()
        .ifPresent(
            why ->
                problems.add(
                    new Problem(
                        "engine",
                        "",
                        "",
                        "enforcing datapaths are kept as they are: " + why,
                        "see the sources and translators")));
    problems.addAll(datapathBoard.problems());
    problems.addAll(stores.problems());
    problems.addAll(dropIns);
    problems.addAll(others.get());
    problems.addAll(reporters.problems());
    return problems;
  }

  private Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>(counters.all());
    all.putAll(sizes());
    return all;
  }

  private Map<String, Long> sizes() {
    Map<String, Long> all = new TreeMap<>(home.engine().sizes());
    all.putAll(policies.sizes());
    all.put("objects", (long) holdings.size());
    all.put("nodeAddresses", (long) home.addresses().size());
    return all;
  }
}
