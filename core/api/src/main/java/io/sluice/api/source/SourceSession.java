package io.sluice.api.source;

import java.util.concurrent.CompletionStage;

/** The source's end of a session. Thread-safe; never blocks. */
public interface SourceSession {
  /**
   * Reads the whole input again, from scratch, whatever watches or caches say.
   *
   * <p>The stage completes when the input was read completely after this call and every change
   * found, and every change found before it, has been answered with credit. It carries the status
   * as of that reading: {@link SourceStatus.State#LOST} if the input can't be read. It completes
   * exceptionally with {@link SessionClosedException} if the session ends meanwhile.
   */
  CompletionStage<SourceStatus> reread();

  /** Ends the session. Nothing is sent after this returns. Idempotent. */
  void close();
}
