package io.sluice.api.source;

import java.util.concurrent.CompletionStage;

/** The engine's end of a session. Thread-safe; never blocks. */
public interface BatchSink {
  /**
   * Sends a batch.
   *
   * <p>The stage completes normally when the engine has consumed the batch: that is the credit for
   * the next one. It completes exceptionally with {@link SessionClosedException} when the session
   * has ended, also because of a gap in the sequence: the source then stops sending and waits for a
   * new session.
   *
   * @param batch the next batch; the one before must have been answered
   */
  CompletionStage<Void> send(Batch batch);

  /**
   * Says how the source is. Latest state wins; needs no credit.
   *
   * @param status the state from now on
   */
  void status(SourceStatus status);
}
