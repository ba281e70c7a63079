package io.sluice.itests.ovs;

import io.sluice.lab.Host;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection that lives on: whoever sends does so every ten milliseconds, and the client counts
 * what it hears.
 */
final class LiveStream implements AutoCloseable {
  /** Who speaks after the connection has been made. */
  enum Kind {
    /** The client, by TCP; the server echoes. */
    TCP_ECHO,
    /** Only the server, by TCP. */
    TCP_PUSH,
    /** Only the server, by UDP, after one datagram of the client. */
    UDP_PUSH,
    /** Both, by UDP, each for itself. */
    UDP_TALK
  }

  private static final int PACE_MILLIS = 10;

  private final String name;
  private final AtomicLong heard = new AtomicLong();
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean closed;

  private LiveStream(String name) {
    this.name = name;
  }

  /** Opens one; answers when the client has heard something. */
  static LiveStream open(Kind kind, Host client, Host server, InetAddress address, int port)
      throws IOException {
    LiveStream stream = new LiveStream(kind + " to " + address.getHostAddress());
    try {
      if (kind == Kind.UDP_PUSH || kind == Kind.UDP_TALK) {
        stream.udp(client, server, new InetSocketAddress(address, port), kind == Kind.UDP_TALK);
      } else {
        stream.tcp(client, server, new InetSocketAddress(address, port), kind == Kind.TCP_PUSH);
      }
      for (int i = 0; stream.heard() < 3; i++) {
        if (i == 300) {
          throw new AssertionError(stream.name + " never lived");
        }
        Rig.sleep(PACE_MILLIS);
      }
      return stream;
    } catch (IOException | AssertionError e) {
      stream.close();
      throw e;
    }
  }

  private void udp(Host client, Host server, InetSocketAddress address, boolean talk)
      throws IOException {
    DatagramChannel listener =
        keep(server.namespace().call(() -> DatagramChannel.open().bind(address)));
    DatagramChannel speaker = keep(client.namespace().call(DatagramChannel::open));
    speaker.connect(address);
    speaker.write(ByteBuffer.wrap(new byte[] {1}));
    thread(
        "push",
        () -> {
          InetSocketAddress peer = (InetSocketAddress) listener.receive(ByteBuffer.allocate(16));
          while (!closed) {
            listener.send(ByteBuffer.wrap(new byte[] {2}), peer);
            Rig.sleep(PACE_MILLIS);
          }
        });
    thread("hear", () -> hear(speaker));
    if (talk) {
      thread(
          "speak",
          () -> {
            while (!closed) {
              speaker.write(ByteBuffer.wrap(new byte[] {1}));
              Rig.sleep(PACE_MILLIS);
            }
          });
    }
  }

  private void tcp(Host client, Host server, InetSocketAddress address, boolean push)
      throws IOException {
    ServerSocketChannel listener =
        keep(server.namespace().call(() -> ServerSocketChannel.open().bind(address)));
    SocketChannel speaker = keep(client.namespace().call(SocketChannel::open));
    thread(
        "serve",
        () -> {
          SocketChannel peer = keep(listener.accept());
          ByteBuffer buffer = ByteBuffer.allocate(1024);
          while (!closed) {
            if (push) {
              peer.write(ByteBuffer.wrap(new byte[] {2}));
              Rig.sleep(PACE_MILLIS);
            } else if (peer.read(buffer.clear()) < 0) {
              return;
            } else {
              peer.write(buffer.flip());
            }
          }
        });
    speaker.socket().connect(address, 3000);
    thread("hear", () -> hear(speaker));
    if (!push) {
      thread(
          "speak",
          () -> {
            while (!closed) {
              speaker.write(ByteBuffer.wrap(new byte[] {1}));
              Rig.sleep(PACE_MILLIS);
            }
          });
    }
  }

  private void hear(java.nio.channels.ReadableByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (channel.read(buffer.clear()) >= 0) {
      heard.incrementAndGet();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void thread(String role, Work work) {
    Thread.ofPlatform()
        .daemon()
        .name(role + " " + name)
        .start(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A stream that was cut ends with an error or is closed: it is heard no more.
                return;
              }
            });
  }

  private synchronized <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  /** The streams of which something is heard from now on, for a second. */
  static List<LiveStream> alive(List<LiveStream> streams) {
    List<Long> before = streams.stream().map(LiveStream::heard).toList();
    Rig.sleep(1000);
    List<LiveStream> alive = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i).heard() > before.get(i)) {
        alive.add(streams.get(i));
      }
    }
    return alive;
  }

  /** How often the client has heard something so far. */
  long heard() {
    return heard.get();
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("can't close a socket", e);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
