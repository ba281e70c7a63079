package io.sluice.engine.host;

import io.sluice.api.control.Component;
import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import io.sluice.api.control.LintReport;
import io.sluice.engine.core.Lint;
import io.sluice.engine.core.LintFacts;
import io.sluice.engine.core.PolicyEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for findings, when asked and now and then. What needs the engine's state is done on the
 * loop in turns of a millisecond, between which the loop does its other work; the rest on a thread
 * of its own. Confined to the loop.
 */
final class LintDesk {
  /** How long the loop is held up at one go; one step may be longer, but none is by much. */
  private static final Duration TURN = Duration.ofMillis(1);

  /** Long enough for the sources to have delivered. */
  private static final Duration FIRST = Duration.ofSeconds(20);

  private final Home home;
  private final Supplier<List<Finding>> refused;
  private final Supplier<List<Finding>> neighbours;
  private final Executor worker;
  private final Loop loop;
  private LintSettings settings = LintSettings.DEFAULT;
  private Runnable cancel = () -> {};
  private @Nullable CompletableFuture<LintReport> running;
  private @Nullable LintReport last;
  private long lastAt;
  private boolean stopped;

  /**
   * Makes one.
   *
   * @param refused what was not accepted; asked on the loop
   * @param neighbours what is found on the node; may block
   * @param worker runs what takes long
   */
  LintDesk(
      Home home,
      Supplier<List<Finding>> refused,
      Supplier<List<Finding>> neighbours,
      Executor worker,
      Loop loop) {
    this.home = home;
    this.refused = refused;
    this.neighbours = neighbours;
    this.worker = worker;
    this.loop = loop;
  }

  void configure(LintSettings next) {
    if (!next.equals(settings) || last == null) {
      settings = next;
      last = null;
      cancel.run();
      later(FIRST);
    }
  }

  private void later(Duration delay) {
    if (!stopped && !settings.interval().isZero()) {
      cancel =
          loop.after(
              delay.compareTo(settings.interval()) < 0 ? delay : settings.interval(),
              () -> {
                CompletionStage<LintReport> unused = read();
              });
    }
  }

  void stop() {
    stopped = true;
    cancel.run();
  }

  /** Looks, or joins whoever looks already. */
  CompletionStage<LintReport> read() {
    CompletableFuture<LintReport> under = running;
    if (under != null) {
      return under.copy();
    }
    CompletableFuture<LintReport> fresh = new CompletableFuture<>();
    running = fresh;
    cancel.run();
    new Run(fresh).begin();
    return fresh.copy();
  }

  /** How many findings there were last; empty before the first look. */
  Optional<Component> component() {
    LintReport report = last;
    if (report == null) {
      return Optional.empty();
    }
    Map<String, Long> numbers =
        Map.of(
            "errors", report.count(Severity.ERROR),
            "warnings", report.count(Severity.WARNING),
            "hints", report.count(Severity.HINT),
            "silenced", (long) report.silenced());
    String counts =
        String.format(
            Locale.ROOT,
            "%d errors, %d warnings, %d hints %d s ago; 'sluice:lint' lists them",
            numbers.get("errors"),
            numbers.get("warnings"),
            numbers.get("hints"),
            Duration.ofNanos(loop.nanos() - lastAt).toSeconds());
    return Optional.of(
        new Component(
            "lint",
            "lint",
            "active",
            report.findings().isEmpty() ? "nothing found" : counts,
            List.of(),
            numbers));
  }

  /** One look. */
  private final class Run {
    private final CompletableFuture<LintReport> answer;
    private final long began = loop.nanos();
    private PolicyEngine engine = home.engine();
    private Lint lint = engine.lint();
    private long longest;

    Run(CompletableFuture<LintReport> answer) {
      this.answer = answer;
    }

    void begin() {
      loop.run(this::turn);
    }

    private void turn() {
      long from = loop.nanos();
      try {
        if (engine != home.engine()) {
          engine = home.engine();
          lint = engine.lint();
        }
        boolean more = true;
        while (more && loop.nanos() - from < TURN.toNanos()) {
          more = lint.step();
        }
        longest = Math.max(longest, loop.nanos() - from);
        if (more) {
          loop.run(this::turn);
          return;
        }
        Lint looked = lint;
        List<Finding> findings = new ArrayList<>(refused.get());
        longest = Math.max(longest, loop.nanos() - from);
        worker.execute(() -> conclude(looked, findings));
      } catch (RuntimeException e) {
        failed(e);
      }
    }

    private void conclude(Lint looked, List<Finding> findings) {
      try {
        LintFacts facts = looked.facts();
        findings.addAll(facts.conclude());
        findings.addAll(neighbours.get());
        findings.sort(null);
        loop.run(() -> done(facts, findings));
      } catch (RuntimeException e) {
        loop.run(() -> failed(e));
      }
    }

    private void done(LintFacts facts, List<Finding> findings) {
      List<Finding> told = findings.stream().filter(one -> !settings.ignores(one)).toList();
      LintReport report =
          new LintReport(
              told,
              findings.size() - told.size(),
              facts.pods().size(),
              facts.policies(),
              Duration.ofNanos(loop.nanos() - began),
              Duration.ofNanos(longest));
      last = report;
      lastAt = loop.nanos();
      running = null;
      later(settings.interval());
      answer.complete(report);
    }

    private void failed(RuntimeException failure) {
      running = null;
      later(settings.interval());
      answer.completeExceptionally(failure);
    }
  }
}
