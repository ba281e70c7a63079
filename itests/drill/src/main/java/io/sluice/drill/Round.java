package io.sluice.drill;

import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One fault, from the quiet before to the quiet after. */
final class Round {
  private static final long BEFORE_MILLIS = 1000;
  private static final long AFTER_MILLIS = 1500;
  private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(15);

  private final Distribution distribution;
  private final Backend backend;

  Round(Distribution distribution, Backend backend) {
    this.distribution = distribution;
    this.backend = backend;
  }

  /** Plays it. */
  Row play(Fault fault) throws IOException {
    try (Stage stage = new Stage(distribution, backend, fault)) {
      Pause.millis(BEFORE_MILLIS);
      long begun = System.nanoTime();
      stage.timeline().pardon(begun, begun + fault.pardon().toNanos());
      fault.strike(stage);
      long over = System.nanoTime();
      OptionalLong settled = stage.awaitSettled(fault.patience());
      Judge judge = new Judge(stage.timeline());
      long deadline = over + fault.patience().toNanos();
      while (judge.passing(stage.load().attempts(), begun).isEmpty()
          && System.nanoTime() < deadline) {
        Pause.millis(100);
      }
      awaitStreams(stage, System.nanoTime() - begun);
      Pause.millis(AFTER_MILLIS);
      // The connections under way may take their time; the streams are judged as they are now.
      Findings streams = findings(stage, judge, begun, true);
      stage.load().end();
      Judge last = new Judge(stage.timeline());
      Findings findings = findings(stage, last, begun, false);
      last.pardoned(begun).ifPresent(stage::note);
      return row(fault, stage, with(findings, streams), over, settled);
    }
  }

  private static Findings findings(Stage stage, Judge judge, long begun, boolean streams) {
    return judge.judge(
        streams ? List.of() : stage.load().attempts(),
        streams ? List.of() : stage.taps().heard(),
        streams ? stage.streams().all() : List.of(),
        begun);
  }

  private static Findings with(Findings connections, Findings streams) {
    List<String> examples = new ArrayList<>(connections.examples());
    examples.addAll(streams.examples());
    return new Findings(
        connections.denied(),
        connections.wronglyAllowed(),
        connections.wrongPackets() + streams.wrongPackets(),
        connections.allowed(),
        connections.wronglyDropped(),
        streams.streams(),
        streams.cut(),
        streams.silenceMillis(),
        connections.passing(),
        examples);
  }

  /** TCP waits longer and longer before it sends again: up to as long as the way was closed. */
  private static void awaitStreams(Stage stage, long closedNanos) {
    long patience = Math.min(LONGEST_SILENCE, TimeUnit.SECONDS.toNanos(1) + closedNanos);
    long since = System.nanoTime();
    while (System.nanoTime() - since < patience
        && stage.streams().all().stream()
            .filter(stream -> stage.timeline().last().allows(stream.flow()))
            .anyMatch(stream -> stream.heard().getLast() < since)) {
      Pause.millis(50);
    }
  }

  private static Row row(
      Fault fault, Stage stage, Findings findings, long over, OptionalLong settled) {
    OptionalLong recovery = OptionalLong.empty();
    if (settled.isPresent() && findings.passing().isPresent()) {
      long moment = Math.max(settled.getAsLong(), findings.passing().getAsLong());
      recovery = OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(Math.max(0, moment - over)));
    }
    return new Row(
        fault.name(),
        fault.what(),
        findings,
        recovery,
        stage.notes(),
        failure(stage, findings, settled));
  }

  private static Optional<String> failure(Stage stage, Findings findings, OptionalLong settled) {
    List<String> failures = new ArrayList<>(stage.failures());
    if (findings.wronglyAllowed() + findings.wrongPackets() > 0) {
      failures.add("wrongly allowed: " + findings.examples());
    }
    if (!stage.agent().isAlive()) {
      failures.add("the agent has ended");
    }
    if (settled.isEmpty()) {
      failures.add("not everything came into force again:\n" + stage.status());
    }
    if (findings.passing().isEmpty()) {
      failures.add("not everything passes again that may");
    }
    if (findings.denied() == 0 || findings.allowed() == 0) {
      failures.add("nothing was measured");
    }
    return failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures));
  }
}
