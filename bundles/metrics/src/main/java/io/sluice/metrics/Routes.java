package io.sluice.metrics;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;

/** What is answered under which path. */
final class Routes {
  private static final Logger LOG = System.getLogger(Routes.class.getName());
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final Scraper scraper;
  private final Probes probes;

  Routes(Vertx vertx, Scraper scraper, Probes probes) {
    this.vertx = vertx;
    this.scraper = scraper;
    this.probes = probes;
  }

  void handle(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      request.response().putHeader("Allow", "GET, HEAD");
      respond(request, 405, TEXT, "only GET and HEAD are answered\n");
      return;
    }
    switch (request.path()) {
      case "/metrics" ->
          when(request, scraper.scrape(), text -> respond(request, 200, EXPOSITION, text));
      case "/healthz" -> when(request, probes.health(), answer -> respond(request, answer));
      case "/readyz" -> when(request, probes.readiness(), answer -> respond(request, answer));
      case "/" -> respond(request, 200, TEXT, "/metrics\n/healthz\n/readyz\n");
      case null, default ->
          respond(request, 404, TEXT, "there are /metrics, /healthz and /readyz\n");
    }
  }

  private <T> void when(
      HttpServerRequest request,
      CompletionStage<T> stage,
      java.util.function.Consumer<? super T> done) {
    Context context = vertx.getOrCreateContext();
    Future.fromCompletionStage(stage, context)
        .onSuccess(done::accept)
        .onFailure(
            cause -> {
              LOG.log(Level.ERROR, "a request for " + request.path() + " failed", cause);
              respond(request, 500, TEXT, "failed: see the agent's log\n");
            });
  }

  private static void respond(HttpServerRequest request, Answer answer) {
    respond(
        request,
        answer.good() ? 200 : 503,
        "application/json",
        answer.body().encodePrettily() + "\n");
  }

  private static void respond(HttpServerRequest request, int status, String type, String text) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    Buffer body = Buffer.buffer(text);
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Content-Length", Integer.toString(body.length()))
        .putHeader("Cache-Control", "no-store");
    request.response().end(request.method().equals(HttpMethod.HEAD) ? Buffer.buffer() : body);
  }
}
