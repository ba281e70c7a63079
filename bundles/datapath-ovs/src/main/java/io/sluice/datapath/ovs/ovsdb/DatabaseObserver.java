package io.sluice.datapath.ovs.ovsdb;

import java.io.IOException;

/** Whom an {@link OvsdbClient} tells; called on its thread. */
public interface DatabaseObserver {
  /**
   * What the database holds now. Called once before the connection counts as open, then after every
   * transaction that changed something of it.
   */
  void changed(SwitchConfig config);

  /**
   * The connection is lost or was closed; nothing else comes after this.
   *
   * @param cause why
   */
  void closed(IOException cause);
}
