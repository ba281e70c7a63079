package io.sluice.datapath.ovs.ovsdb;

import java.nio.file.Path;
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
   * Connects and begins to follow the database. The observer is told what the database holds before
   * the stage completes.
   *
   * @param socket the server's socket, {@code <rundir>/db.sock}
   * @param observer whom to tell
   * @return fails with an {@link java.io.IOException} if nobody listens there; the observer is told
   *     nothing then
   */
  static CompletionStage<OvsdbClient> open(Path socket, DatabaseObserver observer) {
    return OvsdbConnection.open(socket, observer);
  }

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
