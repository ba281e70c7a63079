package io.sluice.datapath.ovs.openflow;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A connection to one bridge. Thread-safe; no call blocks. Stages complete and callbacks run on the
 * connection's own thread, which must not be held up.
 *
 * <p>When the connection is lost or closed, every outstanding stage fails with an {@link
 * java.io.IOException} that has the cause, and then {@link ConnectionObserver#closed} is called,
 * once. Whether a bundle whose stage failed so took effect is not known: dump and compare.
 */
public interface OpenFlowConnection extends AutoCloseable {
  /**
   * Connects to a bridge and agrees on OpenFlow 1.5.
   *
   * @param socket the bridge's management socket, {@code <rundir>/<bridge>.mgmt}
   * @param observer whom to tell
   * @return fails with an {@link java.io.IOException} if nobody listens there or if the bridge does
   *     not speak OpenFlow 1.5; the observer is told nothing then
   */
  static CompletionStage<OpenFlowConnection> open(Path socket, ConnectionObserver observer) {
    return SocketConnection.open(socket, observer);
  }

  /** What the bridge says of itself. */
  CompletionStage<SwitchFeatures> features();

  /**
   * Makes all of these changes at once, in their order: no packet sees a part of them. Later calls
   * take effect later.
   *
   * @return fails with a {@link BundleFailedException} if the switch refused anything; nothing has
   *     changed then
   */
  CompletionStage<Void> bundle(List<FlowMod> mods);

  /**
   * Reads flows.
   *
   * @param each called for every flow
   * @return how many there were
   */
  CompletionStage<Long> dumpFlows(FlowFilter filter, Consumer<FlowStats> each);

  /** Counts flows; much cheaper than reading them. */
  CompletionStage<Long> countFlows(FlowFilter filter);

  /** Completes when the switch has done everything that was asked of it before. */
  CompletionStage<Void> barrier();

  /**
   * Adds, changes or deletes a meter.
   *
   * @return fails with an {@link OpenFlowErrorException} if the switch refused
   */
  CompletionStage<Void> meter(MeterMod mod);

  /** Completes when the switch has answered. */
  CompletionStage<Void> echo();

  /**
   * Asks to be told what others do to the flows; it comes to {@link
   * ConnectionObserver#flowChanged}.
   *
   * @return fails with an {@link OpenFlowErrorException} if the switch has no flow monitors
   */
  CompletionStage<Void> watchFlows();

  /**
   * Makes connection tracking forget every connection of a zone (NXT_CT_FLUSH_ZONE).
   *
   * @return fails with an {@link OpenFlowErrorException} if the switch refused
   */
  CompletionStage<Void> flushZone(int zone);

  /**
   * Asks for packets that flows send to {@link PortNumber#CONTROLLER}; they come to {@link
   * ConnectionObserver#packetIn}.
   */
  CompletionStage<Void> receivePacketIns();

  /**
   * Sends a packet through the bridge.
   *
   * @param inPort by which port it shall seem to come in, or {@link PortNumber#LOCAL}
   * @param packet an Ethernet frame
   * @param actions what to do with it
   * @return fails with an {@link OpenFlowErrorException} if the switch refused
   */
  CompletionStage<Void> packetOut(int inPort, byte[] packet, List<Action> actions);

  /** Closes the connection; flows stay. */
  @Override
  void close();
}
