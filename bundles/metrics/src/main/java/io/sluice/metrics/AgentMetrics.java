package io.sluice.metrics;

import io.sluice.api.control.Measurements;
import io.sluice.api.control.Status;
import java.util.Locale;
import java.util.Map;

/** What the engine measures of itself, as metric families. */
final class AgentMetrics {
  /** Counters of work that was done, with their names; every other one counts dropped work. */
  private static final Map<String, String> WORK =
      Map.of(
          "eventsRepeated", "sluice_events_repeated",
          "snapshots", "sluice_datapath_snapshots",
          "denials", "sluice_denials",
          "faults", "sluice_faults");

  private static final Map<String, String> HELP =
      Map.of(
          "sluice_events_repeated", "Changes received that were no change.",
          "sluice_datapath_snapshots", "Whole snapshots handed to datapaths.",
          "sluice_denials", "Denied packets that datapaths told of; they sample.",
          "sluice_faults", "Internal tasks that failed: defects.");

  /** Told by source and kind. */
  private static final String EVENTS = "events";

  /** Sizes of the engine that have a label or another name here. */
  private static final Map<String, String> STATES =
      Map.of(
          "policiesActive",
          "active",
          "policiesLastGood",
          "last_good",
          "policiesRejected",
          "rejected");

  private AgentMetrics() {}

  static void add(Measurements now, Families to) {
    to.gauge(
        "sluice_info", "The agent; always 1.", 1, "node", now.node(), "datapath", now.datapath());
    ladder(now, to);
    to.gauge("sluice_enforcing", "Whether the chosen datapath enforces.", truth(now.enforcing()));
    to.gauge("sluice_revision", "The newest compiled revision.", now.revision());
    to.gauge(
        "sluice_revision_acknowledged",
        "The newest revision that the chosen datapath has acknowledged.",
        now.acknowledged());
    to.gauge("sluice_revision_in_force", "The newest revision in force.", now.inForce());
    to.gauge(
        "sluice_in_force_lag_seconds",
        "How long ago the oldest event was sent that is not in force yet; 0 if all are.",
        now.lag().toNanos() / 1e9);
    now.events()
        .forEach(
            (whose, count) ->
                to.counter(
                    "sluice_events",
                    "Changes received from sources.",
                    count,
                    "source",
                    whose.source(),
                    "kind",
                    whose.kind().toString()));
    now.counters().forEach((name, count) -> counter(name, count, to));
    now.sizes().forEach((name, size) -> size(name, size, to));
  }

  private static void ladder(Measurements now, Families to) {
    for (Status.Readiness rung : Status.Readiness.values()) {
      to.gauge(
          "sluice_readiness",
          "The rung of the readiness ladder that the agent is on: 1 there, 0 elsewhere.",
          truth(now.readiness() == rung),
          "rung",
          rung.name().toLowerCase(Locale.ROOT));
    }
    to.gauge(
        "sluice_gate_open",
        "Whether enforcing datapaths were let go: everything was known once.",
        truth(now.waitsFor().isEmpty()));
  }

  private static void counter(String name, long count, Families to) {
    String work = WORK.get(name);
    if (work != null) {
      to.counter(work, HELP.getOrDefault(work, ""), count);
    } else if (!name.equals(EVENTS)) {
      to.counter(
          "sluice_drops",
          "Work that was dropped, refused, merged or done again, by reason.",
          count,
          "reason",
          Families.snake(name));
    }
  }

  private static void size(String name, long size, Families to) {
    String state = STATES.get(name);
    if (state != null) {
      to.gauge(
          "sluice_policies",
          "Policies by what is in force of them: the last version, an earlier one, none.",
          size,
          "state",
          state);
    } else if (name.equals("policies")) {
      to.gauge("sluice_compiled_policies", "Policies that are compiled.", size);
    } else {
      to.gauge("sluice_" + Families.snake(name), "How many the engine holds now.", size);
    }
  }

  static double truth(boolean is) {
    return is ? 1 : 0;
  }
}
