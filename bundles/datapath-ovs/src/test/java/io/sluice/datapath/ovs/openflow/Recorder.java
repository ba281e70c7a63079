package io.sluice.datapath.ovs.openflow;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what a connection tells. */
final class Recorder implements ConnectionObserver {
  final BlockingQueue<PacketIn> packets = new LinkedBlockingQueue<>();
  final CompletableFuture<IOException> closed = new CompletableFuture<>();

  @Override
  public void packetIn(PacketIn packet) {
    packets.add(packet);
  }

  @Override
  public void closed(IOException cause) {
    closed.complete(cause);
  }
}
