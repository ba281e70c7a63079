package io.sluice.datapath.ovs.openflow;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The socket and its thread. Exchanges are written one after the other, an exchange that waits for
 * an answer before it goes on holds up those behind it; so they take effect in the order of their
 * calls. Answers are given to the exchange that owns their transaction id.
 */
final class Channel {
  private static final Logger LOG = System.getLogger(Channel.class.getName());
  private static final int BUFFER = 1 << 19;
  private static final long HANDSHAKE_MILLIS = 10_000;

  private final Path path;
  private final SocketChannel socket;
  private final Selector selector;
  private final SelectionKey key;
  private final ConnectionObserver observer;
  private final CompletableFuture<Boolean> agreed = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<Exchange<?>> submitted = new ConcurrentLinkedQueue<>();
  private volatile @Nullable IOException ended;

  // Confined to the thread.
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private final ByteBuffer out = ByteBuffer.allocate(BUFFER);
  private final Deque<Exchange<?>> unwritten = new ArrayDeque<>();
  private final List<Exchange<?>> unanswered = new ArrayList<>();
  private int nextXid = 1;

  private Channel(
      Path path,
      SocketChannel socket,
      Selector selector,
      SelectionKey key,
      ConnectionObserver observer) {
    this.path = path;
    this.socket = socket;
    this.selector = selector;
    this.key = key;
    this.observer = observer;
  }

  static Channel connect(Path path, ConnectionObserver observer) throws IOException {
    try {
      SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
      try {
        socket.configureBlocking(false);
        Selector selector = Selector.open();
        SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
        return new Channel(path, socket, selector, key, observer);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IOException("no bridge answers at " + path + ": " + e.getMessage(), e);
    }
  }

  /** Begins to speak; completes when both sides have agreed on the version. */
  CompletionStage<Boolean> start() {
    Thread.ofPlatform().daemon().name("openflow " + path.getFileName()).start(this::run);
    return agreed;
  }

  /** Hands an exchange to the thread. */
  <T> CompletionStage<T> submit(Exchange<T> exchange) {
    submitted.add(exchange);
    if (ended == null) {
      selector.wakeup();
    } else {
      failSubmitted();
    }
    return exchange.result();
  }

  void close() {
    end(new IOException("the connection to " + path + " was closed"));
    selector.wakeup();
  }

  private synchronized IOException end(IOException cause) {
    IOException first = ended == null ? cause : ended;
    ended = first;
    return first;
  }

  private void run() {
    IOException cause;
    try {
      Handshake.putHello(out, nextXid++);
      converse();
      cause = end(new IOException("the bridge at " + path + " closed the connection"));
    } catch (IOException e) {
      cause = end(new IOException("lost the bridge at " + path + ": " + e.getMessage(), e));
    } catch (Throwable e) { // the thread's root: also what an observer threw
      cause = end(new IOException("cannot go on with the bridge at " + path + ": " + e, e));
    }
    finish(cause);
  }

  private void finish(IOException cause) {
    try (selector;
        socket) {
      LOG.log(Level.DEBUG, () -> "closing " + path + ": " + cause.getMessage());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    boolean told = !agreed.completeExceptionally(cause);
    unanswered.forEach(exchange -> exchange.result().completeExceptionally(cause));
    unwritten.forEach(exchange -> exchange.result().completeExceptionally(cause));
    failSubmitted();
    if (told) {
      observer.closed(cause);
    }
  }

  private void failSubmitted() {
    IOException cause = ended;
    for (Exchange<?> exchange = submitted.poll();
        exchange != null && cause != null;
        exchange = submitted.poll()) {
      exchange.result().completeExceptionally(cause);
    }
  }

  private void converse() throws IOException {
    long deadline = System.nanoTime() + HANDSHAKE_MILLIS * 1_000_000;
    while (ended == null) {
      write();
      key.interestOps(SelectionKey.OP_READ | (out.position() > 0 ? SelectionKey.OP_WRITE : 0));
      if (agreed.isDone()) {
        selector.select();
      } else {
        selector.select(HANDSHAKE_MILLIS);
        if (System.nanoTime() - deadline > 0) {
          throw new IOException("it said no hello within " + HANDSHAKE_MILLIS / 1000 + " s");
        }
      }
      selector.selectedKeys().clear();
      if (key.isReadable() && !read()) {
        return;
      }
    }
  }

  private void write() throws IOException {
    for (Exchange<?> one = submitted.poll(); one != null; one = submitted.poll()) {
      unwritten.add(one);
    }
    boolean blocked = false;
    while (!blocked) {
      boolean full = fill();
      out.flip();
      socket.write(out);
      blocked = out.hasRemaining() || !full;
      out.compact();
    }
  }

  /** Fills the output buffer; tells whether there was more than it could take. */
  private boolean fill() {
    while (agreed.isDone() && !unwritten.isEmpty()) {
      if (out.remaining() <= 2 * Messages.MAX_LENGTH) {
        return true;
      }
      Exchange<?> exchange = unwritten.getFirst();
      if (unanswered.isEmpty() || unanswered.getLast() != exchange) {
        nextXid = exchange.begin(nextXid);
        unanswered.add(exchange);
      }
      switch (exchange.write(out)) {
        case MORE -> {}
        case WAITING -> {
          return false;
        }
        case WRITTEN -> unwritten.removeFirst();
      }
    }
    return false;
  }

  private boolean read() throws IOException {
    if (socket.read(in) < 0) {
      return false;
    }
    in.flip();
    while (in.remaining() >= Messages.HEADER) {
      int length = Short.toUnsignedInt(in.getShort(in.position() + 2));
      if (length < Messages.HEADER) {
        throw new MalformedException("a message of " + length + " bytes");
      }
      if (in.remaining() < length) {
        break;
      }
      message(in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    in.compact();
    return true;
  }

  private void message(ByteBuffer message) throws IOException {
    int version = message.get();
    int type = message.get() & 0xff;
    int xid = message.getInt(4);
    ByteBuffer body = message.position(Messages.HEADER);
    if (!agreed.isDone()) {
      Handshake.check(version, type, body);
      agreed.complete(true);
      return;
    }
    switch (type) {
      case Messages.ECHO_REQUEST -> {
        int start = Messages.begin(out, Messages.ECHO_REPLY, xid);
        out.put(body);
        Messages.end(out, start);
      }
      case Messages.MULTIPART_REPLY -> {
        // What comes unasked has no transaction id.
        if (xid == 0 && FlowMonitorCodec.isUpdate(body)) {
          FlowMonitorCodec.read(body, observer::flowChanged);
        } else {
          answer(type, xid, body);
        }
      }
      case Messages.PACKET_IN -> observer.packetIn(PacketCodec.readPacketIn(body));
      default -> answer(type, xid, body);
    }
  }

  private void answer(int type, int xid, ByteBuffer body) {
    for (Exchange<?> exchange : unanswered) {
      if (exchange.owns(xid)) {
        if (type == Messages.ERROR) {
          exchange.refused(
              exchange.index(xid),
              Short.toUnsignedInt(body.getShort()),
              Short.toUnsignedInt(body.getShort()));
        } else {
          exchange.received(type, exchange.index(xid), body);
        }
        break;
      }
    }
    unanswered.removeIf(
        exchange -> exchange.result().isDone() && unwritten.peekFirst() != exchange);
  }
}
