package io.sluice.metrics;

import io.sluice.api.control.Component;
import io.sluice.api.control.Measurements;
import io.sluice.api.resource.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How far up the readiness ladder an agent is, and what keeps it from the next rung: started,
 * synced (everything was read once), in force (the enforcing datapath has it).
 *
 * <p>What was reached is kept while it means what it says: a source that loses contact later takes
 * no rung away, since what it said is in force; nor does a revision that is on its way, until it is
 * late.
 *
 * @param rung the last rung reached
 * @param missing what the next rungs want; empty if there is nothing
 * @param warnings what is wrong although no rung depends on it
 * @param facts numbers to judge by
 */
record Readiness(String rung, List<String> missing, List<String> warnings, JsonObject facts) {
  private static final String STARTED = "started";
  private static final String SYNCED = "synced";
  private static final String IN_FORCE = "in-force";
  private static final int SHOWN = 20;

  /** States in which a component is as it should be. */
  private static final Set<String> FINE =
      Set.of("synced", "written", "ready", "listening", "writing", "bound", "active");

  /** Nobody says how the agent is. */
  static Readiness notAnswering(String why) {
    return new Readiness("none", List.of("started: " + why), List.of(), new JsonObject());
  }

  /**
   * Looks.
   *
   * @param patience how long an event may wait to be in force
   */
  static Readiness of(Measurements now, Duration patience) {
    List<String> missing = new ArrayList<>();
    if (!now.waitsFor().isEmpty()) {
      missing.add(SYNCED + ": " + now.waitsFor());
    }
    now.components().stream()
        .filter(part -> part.kind().equals(Component.DURABLE_COPY))
        .flatMap(part -> part.problems().stream())
        .forEach(problem -> missing.add(SYNCED + ": " + problem.message()));
    String rung = missing.isEmpty() ? SYNCED : STARTED;
    missing.addAll(notInForce(now, patience));
    return new Readiness(
        missing.isEmpty() ? IN_FORCE : rung,
        List.copyOf(missing),
        warnings(now),
        new JsonObject()
            .put("node", now.node())
            .put("datapath", now.datapath())
            .put("enforcing", now.enforcing())
            .put("revision", now.revision())
            .put("inForce", now.inForce())
            .put("lagSeconds", now.lag().toMillis() / 1e3));
  }

  private static List<String> notInForce(Measurements now, Duration patience) {
    if (now.datapath().isEmpty()) {
      return List.of(IN_FORCE + ": no datapath is chosen" + frozen(now));
    }
    if (!now.enforcing()) {
      return List.of(
          IN_FORCE
              + ": nothing is enforced: datapath '"
              + now.datapath()
              + "' enforces nothing; configure one that does, for example with"
              + " config/io.sluice.datapath.ovs.cfg.sample");
    }
    List<String> missing = new ArrayList<>();
    for (Component part : now.components()) {
      if (part.kind().equals("datapath")
          && part.name().equals(now.datapath())
          && !FINE.contains(part.state())) {
        missing.add(IN_FORCE + ": datapath '" + part.name() + "' is " + said(part));
      }
    }
    if (now.inForce() == 0) {
      missing.add(IN_FORCE + ": no revision is in force at datapath '" + now.datapath() + "' yet");
    } else if (now.inForce() < now.revision() && now.lag().compareTo(patience) > 0) {
      missing.add(
          String.format(
              Locale.ROOT,
              "%s: revision %d is in force, %d is compiled; its oldest event has waited for %d s",
              IN_FORCE,
              now.inForce(),
              now.revision(),
              now.lag().toSeconds()));
    }
    return missing;
  }

  private static String frozen(Measurements now) {
    StringBuilder text = new StringBuilder();
    now.components().stream()
        .filter(part -> part.kind().equals("datapath") && part.state().equals("frozen"))
        .forEach(part -> text.append("; '").append(part.name()).append("' is ").append(said(part)));
    return text.toString();
  }

  private static String said(Component part) {
    return part.detail().isEmpty() ? part.state() : part.state() + ": " + part.detail();
  }

  private static List<String> warnings(Measurements now) {
    List<String> all = new ArrayList<>();
    for (Component part : now.components()) {
      if (part.problems().isEmpty() && !FINE.contains(part.state())) {
        all.add(part.kind() + " '" + part.name() + "' is " + said(part));
      }
      part.problems().stream().map(Problem::toString).forEach(all::add);
    }
    if (all.size() <= SHOWN) {
      return List.copyOf(all);
    }
    List<String> shown = new ArrayList<>(all.subList(0, SHOWN));
    shown.add("and " + (all.size() - SHOWN) + " more: see 'bin/sluice exec status'");
    return List.copyOf(shown);
  }

  Answer answer() {
    JsonObject body =
        new JsonObject()
            .put("ready", missing.isEmpty())
            .put("rung", rung)
            .put("missing", new JsonArray(missing))
            .put("warnings", new JsonArray(warnings));
    return new Answer(missing.isEmpty(), body.mergeIn(facts));
  }
}
