package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.control.Status;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.resource.Problem;
import io.sluice.api.source.SourceStatus;
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
  private final Gate gate;
  private final Holdings holdings;
  private final Counters counters;
  private final Supplier<List<Problem>> others;

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
      Gate gate,
      Holdings holdings,
      Counters counters,
      Supplier<List<Problem>> others) {
    this.home = home;
    this.sessions = sessions;
    this.translators = translators;
    this.policies = policies;
    this.stores = stores;
    this.datapaths = datapaths;
    this.gate = gate;
    this.holdings = holdings;
    this.counters = counters;
    this.others = others;
  }

  Status status() {
    long revision = home.engine().revision();
    Optional<DatapathDriver> chosen = datapaths.chosen();
    return new Status(
        home.node(),
        readiness(revision, chosen),
        revision,
        chosen.map(DatapathDriver::acknowledged).orElse(0L),
        chosen.map(DatapathDriver::inForce).orElse(0L),
        chosen.map(driver -> driver.candidate().name()).orElse(""),
        chosen.filter(driver -> driver.candidate().enforcing()).isPresent(),
        components(),
        problems(),
        counts());
  }

  private Status.Readiness readiness(long revision, Optional<DatapathDriver> chosen) {
    boolean synced = gate.blockers().isEmpty();
    boolean inForce =
        chosen
            .filter(driver -> driver.candidate().enforcing())
            .filter(driver -> driver.inForce() >= revision)
            .filter(driver -> driver.datapath().status().state() == DatapathStatus.State.READY)
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
              slot.status.problems()));
    }
    components.addAll(translators.components());
    components.addAll(stores.components());
    components.addAll(datapaths.components());
    return components;
  }

  private List<Problem> problems() {
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
    problems.addAll(datapaths.problems());
    problems.addAll(stores.problems());
    problems.addAll(others.get());
    return problems;
  }

  private Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>(counters.all());
    all.putAll(home.engine().sizes());
    all.put("objects", (long) holdings.size());
    all.put("nodeAddresses", (long) home.addresses().size());
    return all;
  }
}
