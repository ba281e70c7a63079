package io.sluice.drill;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection that lives on: whoever speaks does so at every tick, and it is kept when the
 * client heard something. Confined to the thread of {@link Streams}, but for {@link #heard}.
 */
final class LongStream {
  /** Who speaks after the connection has been made. */
  enum Kind {
    /** The client, by TCP; the server echoes. */
    TCP_ECHO,
    /** Only the server, by TCP. */
    TCP_PUSH,
    /** Only the server, by UDP, after one datagram of the client. */
    UDP_PUSH
  }

  private static final ByteBuffer WORD = ByteBuffer.wrap(new byte[] {'!'}).asReadOnlyBuffer();

  private final Kind kind;
  private final Flow flow;
  private final List<Long> heard = new ArrayList<>();
  private final List<SelectableChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(4096);
  private @Nullable SocketChannel client;
  private @Nullable SocketChannel server;
  private @Nullable DatagramChannel udpServer;
  private @Nullable SocketAddress peer;

  LongStream(Kind kind, Flow flow) {
    this.kind = kind;
    this.flow = flow;
  }

  Flow flow() {
    return flow;
  }

  /** The moments at which the client heard something, on the clock of {@link System#nanoTime}. */
  List<Long> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  void open(Selector selector) throws IOException {
    InetSocketAddress address = new InetSocketAddress(flow.destination(), flow.port());
    if (kind == Kind.UDP_PUSH) {
      DatagramChannel listener =
          flow.to().namespace().call(() -> DatagramChannel.open().bind(address));
      DatagramChannel speaker = flow.from().namespace().call(DatagramChannel::open);
      keep(listener, selector, SelectionKey.OP_READ);
      keep(speaker, selector, SelectionKey.OP_READ);
      udpServer = listener;
      speaker.connect(address);
      speaker.write(WORD.duplicate());
    } else {
      ServerSocketChannel listener =
          flow.to().namespace().call(() -> ServerSocketChannel.open().bind(address));
      keep(listener, selector, SelectionKey.OP_ACCEPT);
      client = flow.from().namespace().call(SocketChannel::open);
      keep(client, selector, SelectionKey.OP_CONNECT);
      client.connect(address);
    }
  }

  private void keep(SelectableChannel channel, Selector selector, int interest) throws IOException {
    channels.add(channel);
    channel.configureBlocking(false).register(selector, interest, this);
  }

  /** A channel is ready. */
  void ready(SelectionKey key, Selector selector) {
    try {
      if (key.channel() instanceof ServerSocketChannel listener) {
        server = listener.accept();
        if (server != null) {
          keep(server, selector, SelectionKey.OP_READ);
        }
      } else if (key.isConnectable() && client != null) {
        client.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.channel().equals(udpServer) && udpServer != null) {
        peer = udpServer.receive(buffer.clear());
      } else {
        read(key);
      }
    } catch (IOException e) {
      cut(key);
    }
  }

  private void read(SelectionKey key) throws IOException {
    if (key.channel().equals(server) && server != null) {
      int count = server.read(buffer.clear());
      if (count > 0) {
        server.write(buffer.flip());
      } else if (count < 0) {
        cut(key);
      }
      return;
    }
    int count = ((java.nio.channels.ReadableByteChannel) key.channel()).read(buffer.clear());
    if (count > 0) {
      synchronized (heard) {
        heard.add(System.nanoTime());
      }
    } else if (count < 0) {
      cut(key);
    }
  }

  /** An error ends a TCP connection; a UDP socket goes on (an ICMP error says little). */
  private static void cut(SelectionKey key) {
    if (key.channel() instanceof SocketChannel) {
      key.cancel();
    }
  }

  /** Whoever speaks says a word; what can't be sent is not. */
  void tick() {
    try {
      if (kind == Kind.UDP_PUSH && udpServer != null && peer != null) {
        udpServer.send(WORD.duplicate(), peer);
      } else if (kind == Kind.TCP_PUSH && server != null) {
        server.write(WORD.duplicate());
      } else if (kind == Kind.TCP_ECHO && client != null && client.isConnected()) {
        client.write(WORD.duplicate());
      }
    } catch (IOException e) {
      // A connection that was cut can't be spoken on: it is heard no more, which is what counts.
      return;
    }
  }

  void close() throws IOException {
    for (SelectableChannel channel : channels) {
      channel.close();
    }
  }

  @Override
  public String toString() {
    return kind + " " + flow;
  }
}
