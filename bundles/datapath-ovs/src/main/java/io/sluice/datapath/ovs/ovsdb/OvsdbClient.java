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
   * Changes a bridge's row, at once.
   *
   * @return a number: the switch has taken the change when {@link SwitchConfig#applied} is at least
   *     that; fails with an {@link OvsdbException} if the database refused or has no such bridge
   */
  CompletionStage<Long> edit(BridgeEdit edit);

  /** Completes when the server has answered. */
  CompletionStage<Void> echo();

  @Override
  void close();
}
