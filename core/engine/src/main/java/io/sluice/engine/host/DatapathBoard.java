package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.control.DatapathInfo;
import io.sluice.api.control.DatapathInfo.State;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.resource.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The datapaths for people. */
final class DatapathBoard {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Datapaths datapaths;
  private final Coverages coverages;

  DatapathBoard(Datapaths datapaths, Loop loop) {
    this.datapaths = datapaths;
    coverages = new Coverages(loop);
  }

  /** All of them; asks those that enforce what they cover. */
  CompletionStage<List<DatapathInfo>> read() {
    Collection<LocalEndpoint> endpoints = datapaths.endpoints();
    List<CompletableFuture<Void>> answers = new ArrayList<>();
    for (DatapathSlot slot : datapaths.slots()) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      answers.add(answer);
      coverages.ask(
          slot,
          endpoints,
          PATIENCE,
          coverage -> answer.complete(null),
          why -> answer.complete(null));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(all -> infos(endpoints.size()));
  }

  private List<DatapathInfo> infos(int endpoints) {
    List<DatapathInfo> infos = new ArrayList<>();
    datapaths.slots().forEach(slot -> infos.add(info(slot, endpoints)));
    gone()
        .forEach(
            name ->
                infos.add(
                    new DatapathInfo(
                        name, 0, true, State.FROZEN, 0, 0, 0, endpoints, List.of(frozen(name)))));
    infos.sort(Comparator.comparing(DatapathInfo::state).thenComparing(DatapathInfo::name));
    return List.copyOf(infos);
  }

  /** One that is bound. */
  DatapathInfo info(DatapathSlot slot, int endpoints) {
    return new DatapathInfo(
        slot.name(),
        slot.candidate().ranking(),
        slot.enforcing(),
        state(slot),
        slot.driver.acknowledged(),
        slot.driver.inForce(),
        slot.covered.size(),
        endpoints,
        problems(slot, slot.status()));
  }

  private State state(DatapathSlot slot) {
    Succession succession = datapaths.succession();
    if (succession.holder().filter(one -> one == slot).isPresent()) {
      return State.CHOSEN;
    }
    if (succession.successor().filter(one -> one == slot).isPresent()) {
      return State.TAKING_OVER;
    }
    if (slot.rejection != null) {
      return State.REJECTED;
    }
    return switch (slot.driver.mode()) {
      case RELEASING -> State.RELEASING;
      case RELEASED -> State.RELEASED;
      case IDLE, FED, STOPPED -> State.STANDBY;
    };
  }

  /** The names of those that are gone and left rules. */
  private List<String> gone() {
    List<String> gone = new ArrayList<>();
    datapaths.succession().frozen().ifPresent(gone::add);
    datapaths.succession().left().stream().sorted().forEach(gone::add);
    return gone;
  }

  List<Component> components() {
    List<Component> components = new ArrayList<>();
    for (DatapathSlot slot : datapaths.slots()) {
      DatapathStatus status = slot.status();
      components.add(
          new Component(
              "datapath",
              slot.name(),
              status.state().name().toLowerCase(Locale.ROOT),
              detail(slot) + status.detail(),
              problems(slot, status),
              status.counters()));
    }
    for (String name : gone()) {
      components.add(
          new Component(
              "datapath", name, "frozen", "is not bound any more", List.of(frozen(name))));
    }
    return components;
  }

  private String detail(DatapathSlot slot) {
    State state = state(slot);
    StringBuilder text = new StringBuilder(state.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(slot.enforcing() ? "; enforces; " : "; enforces nothing; ");
    if (slot.driver.mode() == DatapathDriver.Mode.FED) {
      text.append("revision ").append(slot.driver.acknowledged());
      text.append(" acknowledged, ").append(slot.driver.inForce()).append(" in force; ");
    } else if (state == State.CHOSEN) {
      text.append("waits until every source is synced; ");
    }
    return text.toString();
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    if (datapaths.succession().withdrawn()) {
      problems.add(
          new Problem(
              "datapaths",
              "",
              "",
              "NOTHING IS ENFORCED: everything was released by 'sluice:release'",
              "'sluice:datapath use <name>', or restart the agent"));
    }
    datapaths.slots().forEach(slot -> problems.addAll(problems(slot, slot.status())));
    gone().forEach(name -> problems.add(frozen(name)));
    return problems;
  }

  private List<Problem> problems(DatapathSlot slot, DatapathStatus status) {
    List<Problem> problems = new ArrayList<>();
    if (slot.rejection != null) {
      problems.add(slot.rejection);
    }
    if (slot.leftover != null) {
      problems.add(slot.leftover);
    }
    slot.driver.failure().ifPresent(why -> problems.add(slot.problem(why, "it is tried again")));
    State state = state(slot);
    if (state == State.CHOSEN || state == State.TAKING_OVER) {
      problems.addAll(status.problems());
      if (status.state() != DatapathStatus.State.READY && status.problems().isEmpty()) {
        problems.add(
            slot.problem(
                status.state().name().toLowerCase(Locale.ROOT) + ": " + status.detail(),
                "bring its switch back; the rules it has stay"));
      }
    }
    return problems;
  }

  private static Problem frozen(String name) {
    return new Problem(
        "datapath " + name,
        "",
        "",
        "frozen: its bundle is gone, its rules stay in the switch as they were",
        "start the bundle of datapath '"
            + name
            + "' again: it goes on, or, if another one has taken over, its rules are removed");
  }
}
