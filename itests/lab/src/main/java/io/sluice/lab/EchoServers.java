package io.sluice.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Echo servers of all hosts, on one thread. */
final class EchoServers implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final Selector selector = Selector.open();
  private final Queue<SelectableChannel> waiting = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(2048);
  private final Thread thread = Thread.ofPlatform().daemon().name("echo").unstarted(this::serve);

  EchoServers() throws IOException {
    thread.start();
  }

  /** Listens on one address of a host. */
  void listen(Host host, InetAddress address, Transport transport, int port) throws IOException {
    StandardProtocolFamily family =
        address.getAddress().length == 4
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    InetSocketAddress local = new InetSocketAddress(address, port);
    waiting.add(
        host.namespace()
            .call(
                () ->
                    (transport == Transport.TCP
                            ? ServerSocketChannel.open(family)
                                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                                .bind(local, BACKLOG)
                            : DatagramChannel.open(family).bind(local))
                        .configureBlocking(false)));
    selector.wakeup();
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::ready);
        for (SelectableChannel channel = waiting.poll();
            channel != null;
            channel = waiting.poll()) {
          boolean server = channel instanceof ServerSocketChannel;
          channel.register(selector, server ? SelectionKey.OP_ACCEPT : SelectionKey.OP_READ);
        }
      }
    } catch (ClosedSelectorException e) {
      // the end of the lab
    } catch (IOException e) {
      throw new LabException("the echo servers ended", e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      buffer.clear();
      if (key.channel() instanceof ServerSocketChannel server) {
        for (SocketChannel client = server.accept(); client != null; client = server.accept()) {
          client.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
      } else if (key.channel() instanceof DatagramChannel udp) {
        for (SocketAddress from = udp.receive(buffer); from != null; from = udp.receive(buffer)) {
          udp.send(buffer.flip(), from);
          buffer.clear();
        }
      } else if (key.channel() instanceof SocketChannel client) {
        if (client.read(buffer) < 0) {
          client.close();
        } else {
          client.write(buffer.flip());
        }
      }
    } catch (IOException e) {
      abandon(key.channel());
    }
  }

  /** A client that is gone or can't be answered is no concern of the other clients. */
  private static void abandon(SelectableChannel channel) {
    if (channel instanceof SocketChannel) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new LabException("can't close a connection", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
