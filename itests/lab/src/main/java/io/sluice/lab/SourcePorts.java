package io.sluice.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Source ports, each used once in a long while, so that every probe is a new connection. */
final class SourcePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 45_000;

  private final AtomicInteger next = new AtomicInteger();

  int next() {
    return FIRST + Integer.remainderUnsigned(next.getAndIncrement(), COUNT);
  }

  /** Opens a channel for the probe. To be called on a thread in the namespace. */
  SelectableChannel open(Probe probe) throws IOException {
    StandardProtocolFamily family =
        probe.to().getAddress().length == 4
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    for (int attempt = 0; ; attempt++) {
      InetSocketAddress local = new InetSocketAddress(probe.source(), next());
      try {
        return probe.transport() == Transport.TCP ? tcp(family, local) : udp(family, local);
      } catch (BindException e) {
        if (attempt == 100) {
          throw e;
        }
      }
    }
  }

  private static SelectableChannel tcp(StandardProtocolFamily family, InetSocketAddress local)
      throws IOException {
    SocketChannel channel = SocketChannel.open(family);
    try {
      channel.bind(local);
      return channel.configureBlocking(false);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static SelectableChannel udp(StandardProtocolFamily family, InetSocketAddress local)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(family);
    try {
      channel.bind(local);
      return channel.configureBlocking(false);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
