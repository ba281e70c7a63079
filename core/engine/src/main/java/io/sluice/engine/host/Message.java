package io.sluice.engine.host;

import io.sluice.api.source.Batch;
import io.sluice.api.source.SourceStatus;

/** What crosses the bus from a source's thread to the loop; one address, so the order is kept. */
sealed interface Message {
  /** The session that it belongs to. */
  long session();

  /**
   * A batch; the reply is its credit.
   *
   * @param nanos the ticker when the source sent it
   */
  record Sent(long session, Batch batch, long nanos) implements Message {}

  /** A state; there is no reply. */
  record Said(long session, SourceStatus status) implements Message {}
}
