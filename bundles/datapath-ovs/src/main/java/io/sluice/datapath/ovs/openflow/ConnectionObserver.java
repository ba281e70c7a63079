package io.sluice.datapath.ovs.openflow;

import java.io.IOException;

/** Whom an {@link OpenFlowConnection} tells; called on its thread. */
public interface ConnectionObserver {
  /**
   * A flow sent a packet to the controller. Only after {@link OpenFlowConnection#receivePacketIns}.
   */
  void packetIn(PacketIn packet);

  /** Somebody else changed a flow. Only after {@link OpenFlowConnection#watchFlows}. */
  default void flowChanged(FlowEvent event) {}

  /**
   * The connection is lost or was closed; nothing else comes after this.
   *
   * @param cause why
   */
  void closed(IOException cause);
}
