package io.sluice.datapath.ovs.ovsdb;

import java.util.concurrent.CompletionStage;

/**
 * A connection to the database. Thread-safe; no call blocks. Stages complete and callbacks run on
 * the connection's own thread, which must not be held up.
 *
 * <p>When the connection is lost or closed, every outstanding stage fails with an {@link
 * java.io.IOException} that has the cause, and then {@link DatabaseObserver#closed} is called,
 * once. Connecting again is the caller's business.
 */
public interface OvsdbClient extends AutoCloseable {
  /**
   * Sets a bridge's {@code fail_mode}.
   *
   * @param bridge its name
   * @param mode {@code secure} or {@code standalone}
   * @return fails with an {@link OvsdbException} if the database refused or has no such bridge
   */
  CompletionStage<Void> setFailMode(String bridge, String mode);

  /** Completes when the server has answered. */
  CompletionStage<Void> echo();

  @Override
  void close();
}
