package io.sluice.kit;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages, in tests. */
public final class Stages {
  private static final int PATIENCE_SECONDS = 30;

  private Stages() {}

  /**
   * The value that a stage completes with.
   *
   * @throws AssertionError if it fails, with the cause, or takes longer than 30 s
   */
  public static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the stage failed", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the stage did not complete", e);
    }
  }

  /**
   * What a stage fails with.
   *
   * @throws AssertionError if it completes normally, or takes longer than 30 s
   */
  public static Throwable failure(CompletionStage<?> stage) {
    try {
      Object value = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("the stage should fail, but completed with " + value);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause == null ? e : cause;
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the stage did not complete", e);
    }
  }
}
