package io.sluice.datapath.ovs.jsonrpc;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A connection. Thread-safe. Answers and notifications are handed over on its own thread, one after
 * the other; the other side's {@code echo} requests are answered.
 */
public final class JsonRpcConnection implements AutoCloseable {
  /** What comes unasked. */
  public interface Listener {
    /** A notification (a message without an id). */
    void notification(String method, Json parameters);

    /** The connection is lost or was closed; every outstanding call has failed with this cause. */
    void closed(IOException cause);
  }

  private final Path path;
  private final SocketChannel socket;
  private final Listener listener;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Call> calls = new ConcurrentHashMap<>();
  private final Object writing = new Object();
  private volatile @Nullable IOException ended;

  private record Call(String method, CompletableFuture<Json> result) {}

  private JsonRpcConnection(Path path, SocketChannel socket, Listener listener) {
    this.path = path;
    this.socket = socket;
    this.listener = listener;
  }

  /**
   * Connects.
   *
   * @throws IOException if nobody listens there
   */
  public static JsonRpcConnection open(Path path, Listener listener) throws IOException {
    try {
      SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
      JsonRpcConnection connection = new JsonRpcConnection(path, socket, listener);
      Thread.ofPlatform()
          .daemon()
          .name("json-rpc " + path.getFileName())
          .start(connection::readAll);
      return connection;
    } catch (IOException e) {
      throw new IOException("nobody answers at " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Calls a method.
   *
   * @return the result; fails with a {@link JsonRpcException} if the other side says so, and with
   *     an {@link IOException} if the connection is lost
   */
  public CompletionStage<Json> call(String method, Json parameters) {
    long id = ids.incrementAndGet();
    Call call = new Call(method, new CompletableFuture<>());
    calls.put(id, call);
    send(Json.object("method", Json.of(method), "params", parameters).and("id", Json.of(id)));
    IOException cause = ended;
    if (cause != null) {
      failAll(cause);
    }
    return call.result;
  }

  private void send(Json message) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(JsonCodec.write(message));
    try {
      synchronized (writing) {
        while (bytes.hasRemaining()) {
          socket.write(bytes);
        }
      }
    } catch (IOException e) {
      end(new IOException("lost " + path + ": " + e.getMessage(), e));
    }
  }

  private void readAll() {
    IOException cause;
    try (JsonCodec in = new JsonCodec(Channels.newInputStream(socket))) {
      for (Json message = in.read(); !message.isNull(); message = in.read()) {
        received(message);
      }
      cause = end(new IOException(path + " closed the connection"));
    } catch (IOException e) {
      cause = end(new IOException("lost " + path + ": " + e.getMessage(), e));
    } catch (Throwable e) { // the thread's root: also what a listener threw
      cause = end(new IOException("cannot go on with " + path + ": " + e, e));
    }
    failAll(cause);
    listener.closed(cause);
  }

  private void received(Json message) {
    String method = message.member("method").asText().orElse("");
    if (method.equals("echo")) {
      send(
          Json.object("result", message.member("params"), "error", new Json.Null())
              .and("id", message.member("id")));
    } else if (!method.isEmpty()) {
      listener.notification(method, message.member("params"));
    } else {
      Call call = message.member("id").asNumber().map(calls::remove).orElse(null);
      if (call != null && message.member("error").isNull()) {
        call.result.complete(message.member("result"));
      } else if (call != null) {
        call.result.completeExceptionally(
            new JsonRpcException(call.method, message.member("error")));
      }
    }
  }

  /** Ends it for this cause unless it has ended; returns the cause that counts. */
  private synchronized IOException end(IOException cause) {
    IOException first = ended == null ? cause : ended;
    ended = first;
    try {
      socket.close();
    } catch (IOException e) {
      first.addSuppressed(e);
    }
    return first;
  }

  private void failAll(IOException cause) {
    for (Long id : List.copyOf(calls.keySet())) {
      Call call = calls.remove(id);
      if (call != null) {
        call.result.completeExceptionally(cause);
      }
    }
  }

  @Override
  public void close() {
    end(new IOException("the connection to " + path + " was closed"));
  }
}
