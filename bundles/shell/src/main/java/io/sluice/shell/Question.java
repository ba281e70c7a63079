package io.sluice.shell;

import io.sluice.api.control.Control;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A question to the engine.
 *
 * @param <T> what the answer is
 */
@FunctionalInterface
interface Question<T> {
  /** How long the engine may take for a question that asks it to wait for nothing. */
  Duration PATIENCE = Duration.ofSeconds(10);

  CompletionStage<T> of(Control control);

  /**
   * Asks, and waits for the answer.
   *
   * @param control the engine, if it runs
   * @param question what is asked
   * @param patience how long to wait
   * @throws CommandFailedException if there is no answer; its cause is the engine's, if it has one
   */
  static <T> T ask(@Nullable Control control, Duration patience, Question<T> question)
      throws CommandFailedException, InterruptedException {
    if (control == null) {
      throw new CommandFailedException(
          "the engine does not run. It needs io.sluice.node.cfg (it may be empty) in the"
              + " configuration folder; if it is there, the agent's log and 'scr:list' say why");
    }
    try {
      return question
          .of(control)
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = cause.getMessage();
      throw new CommandFailedException(message == null ? cause.toString() : message, cause);
    } catch (TimeoutException e) {
      throw new CommandFailedException(
          "no answer from the engine within " + patience.toSeconds() + " s", e);
    }
  }
}
