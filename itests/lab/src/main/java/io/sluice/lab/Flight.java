package io.sluice.lab;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One TCP or UDP probe on its way. Confined to the thread of its selector. */
final class Flight {
  private static final ByteBuffer QUESTION = ByteBuffer.wrap(new byte[] {'?'}).asReadOnlyBuffer();

  private final Probe probe;
  private final SelectableChannel channel;
  private final BiConsumer<Flight, Outcome> end;
  private @Nullable SelectionKey key;
  private boolean over;

  /**
   * Prepares a probe.
   *
   * @param channel a channel of the probe's namespace, bound and non-blocking
   * @param end told the outcome, once
   */
  Flight(Probe probe, SelectableChannel channel, BiConsumer<Flight, Outcome> end) {
    this.probe = probe;
    this.channel = channel;
    this.end = end;
  }

  Probe probe() {
    return probe;
  }

  /** Sends the first packet. */
  void begin(Selector selector) throws IOException {
    InetSocketAddress to = new InetSocketAddress(probe.to(), probe.port());
    if (channel instanceof SocketChannel tcp) {
      // Ends with a reset: no TIME_WAIT, and the switch forgets the connection soon.
      tcp.setOption(StandardSocketOptions.SO_LINGER, 0);
      try {
        boolean connected = tcp.connect(to);
        key = tcp.register(selector, SelectionKey.OP_CONNECT, this);
        if (connected) {
          connected(tcp);
        }
      } catch (ConnectException | NoRouteToHostException e) {
        finish(Outcome.REFUSED);
      }
    } else if (channel instanceof DatagramChannel udp) {
      udp.connect(to);
      key = udp.register(selector, SelectionKey.OP_READ, this);
      again();
    }
  }

  /** Sends the datagram once more, in case it was lost; TCP does so by itself. */
  void again() throws IOException {
    if (!over && channel instanceof DatagramChannel udp) {
      try {
        udp.write(QUESTION.duplicate());
      } catch (PortUnreachableException e) {
        finish(Outcome.REFUSED);
      }
    }
  }

  /** Goes on when the channel is ready. */
  void ready() throws IOException {
    try {
      if (channel instanceof SocketChannel tcp && tcp.isConnectionPending()) {
        if (tcp.finishConnect()) {
          connected(tcp);
        }
        return;
      }
      int read = ((ByteChannel) channel).read(ByteBuffer.allocate(16));
      if (read != 0) {
        finish(read > 0 ? Outcome.ANSWERED : Outcome.REFUSED);
      }
    } catch (NoRouteToHostException e) {
      finish(Outcome.SILENT); // nobody answers ARP or neighbour discovery
    } catch (ConnectException e) {
      // "Connection timed out" is a ConnectException too.
      String why = String.valueOf(e.getMessage());
      finish(why.contains("timed out") ? Outcome.SILENT : Outcome.REFUSED);
    } catch (IOException e) {
      finish(Outcome.REFUSED);
    }
  }

  private void connected(SocketChannel tcp) throws IOException {
    tcp.write(QUESTION.duplicate());
    if (key != null) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /** Gives up. */
  void timeout() throws IOException {
    finish(Outcome.SILENT);
  }

  private void finish(Outcome outcome) throws IOException {
    if (!over) {
      over = true;
      channel.close();
      end.accept(this, outcome);
    }
  }
}
