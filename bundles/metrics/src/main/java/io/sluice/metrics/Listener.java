package io.sluice.metrics;

import io.sluice.api.resource.Problem;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Listens where it is told to. Where that fails it says so and tries again: whoever has the port
 * may give it back. Thread-safe.
 */
final class Listener {
  private static final Logger LOG = System.getLogger(Listener.class.getName());
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final Handler<HttpServerRequest> handler;
  private final long retryMillis;
  private String address = "";
  private int port = -1;

  /** Counts what was wanted; what belongs to an older wish is undone. */
  private long wish;

  private @Nullable HttpServer server;
  private @Nullable String failure;

  Listener(Vertx vertx, Handler<HttpServerRequest> handler, Duration retry) {
    this.vertx = vertx;
    this.handler = handler;
    retryMillis = retry.toMillis();
  }

  /** Listens there, and no longer where it did; complete when it does, or has failed to once. */
  synchronized Future<Void> listen(String nextAddress, int nextPort) {
    if (address.equals(nextAddress) && port == nextPort) {
      return Future.succeededFuture();
    }
    address = nextAddress;
    port = nextPort;
    long number = ++wish;
    return closeServer().otherwiseEmpty().compose(closed -> open(number)).otherwiseEmpty();
  }

  private synchronized Future<Void> open(long number) {
    if (number != wish) {
      return Future.succeededFuture();
    }
    HttpServer next =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setIdleTimeout(IDLE_SECONDS)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(handler);
    return next.listen(port, address)
        .onSuccess(listening -> opened(number, listening))
        .onFailure(cause -> failed(number, cause))
        .mapEmpty();
  }

  private synchronized void opened(long number, HttpServer listening) {
    if (number != wish) {
      listening.close();
      return;
    }
    server = listening;
    failure = null;
    LOG.log(Level.INFO, "metrics and probes on {0}", url().orElse(""));
  }

  private synchronized void failed(long number, Throwable cause) {
    if (number != wish) {
      return;
    }
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!text.equals(failure)) {
      failure = text;
      LOG.log(Level.WARNING, "metrics: {0}", problem());
    }
    vertx.setTimer(retryMillis, timer -> open(number));
  }

  private Problem problem() {
    return new Problem(
        "io.sluice.metrics.cfg",
        "",
        "port",
        "nothing listens on " + where(port) + ": " + failure,
        "if another agent or program has this port, write another one (0: any free one); it is"
            + " tried again every "
            + retryMillis / 1000
            + " s");
  }

  private String where(int number) {
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + number;
  }

  /** Why it does not listen. */
  synchronized Optional<Problem> trouble() {
    return failure == null ? Optional.empty() : Optional.of(problem());
  }

  /** Where it listens; empty while it does not. */
  synchronized Optional<String> url() {
    return server == null ? Optional.empty() : Optional.of("http://" + where(server.actualPort()));
  }

  /** Listens no more. */
  synchronized Future<Void> close() {
    wish++;
    port = -1;
    return closeServer();
  }

  private Future<Void> closeServer() {
    HttpServer old = server;
    server = null;
    failure = null;
    return old == null ? Future.succeededFuture() : old.close();
  }
}
