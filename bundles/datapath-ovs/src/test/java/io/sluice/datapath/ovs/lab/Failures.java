package io.sluice.datapath.ovs.lab;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.Stages;
import java.util.concurrent.CompletionStage;

/** Expects a stage to fail, and to say why. */
public final class Failures {
  private Failures() {}

  /** The failure, of this type, with this text in its message. */
  public static <T extends Throwable> T expect(
      Class<T> type, String text, CompletionStage<?> stage) {
    return expect(type, text, Stages.failure(stage));
  }

  /** The failure, of this type, with this text in its message. */
  public static <T extends Throwable> T expect(Class<T> type, String text, Throwable failure) {
    T typed = assertInstanceOf(type, failure);
    assertTrue(
        String.valueOf(typed.getMessage()).contains(text),
        () -> "'" + typed.getMessage() + "' should contain '" + text + "'");
    return typed;
  }
}
