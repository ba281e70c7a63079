package io.sluice.metrics;

import io.sluice.api.control.Control;
import io.sluice.api.control.Measurements;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Answers probes. Alive is who answers: the process, and the engine's loop. What is around the
 * agent never makes it less alive, since no restart of the agent brings an API server or a switch
 * back.
 */
final class Probes {
  private final Supplier<Optional<Control>> control;
  private final Supplier<Settings> settings;
  private final Duration patience;

  /**
   * Makes one.
   *
   * @param patience how long the engine's loop may take to answer
   */
  Probes(Supplier<Optional<Control>> control, Supplier<Settings> settings, Duration patience) {
    this.control = control;
    this.settings = settings;
    this.patience = patience;
  }

  /** Whether the process and the engine's loop are alive. */
  CompletionStage<Answer> health() {
    return ask(
        (now, why) ->
            now.isPresent()
                ? new Answer(true, new JsonObject().put("alive", true).put("node", node(now)))
                : new Answer(false, new JsonObject().put("alive", false).put("why", why)));
  }

  private static String node(Optional<Measurements> now) {
    return now.map(Measurements::node).orElse("");
  }

  /** Whether everything that is known is in force. */
  CompletionStage<Answer> readiness() {
    Duration lag = settings.get().readyLag();
    return ask(
        (now, why) ->
            now.map(measurements -> Readiness.of(measurements, lag).answer())
                .orElseGet(() -> Readiness.notAnswering(why).answer()));
  }

  private CompletionStage<Answer> ask(BiFunction<Optional<Measurements>, String, Answer> answer) {
    Optional<Control> engine = control.get();
    if (engine.isEmpty()) {
      return CompletableFuture.completedStage(
          answer.apply(
              Optional.empty(),
              "no engine runs: see the log, 'scr:list' and config/io.sluice.node.cfg"));
    }
    return engine
        .get()
        .measurements()
        .toCompletableFuture()
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (now, failure) ->
                failure == null
                    ? answer.apply(Optional.of(now), "")
                    : answer.apply(
                        Optional.empty(),
                        "the engine's loop has not answered for " + patience.toMillis() + " ms"));
  }
}
