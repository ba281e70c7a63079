package io.sluice.apiserver.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.sluice.apiserver.server.Faults.Refusal;
import io.sluice.apiserver.server.ResourceTypes.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The API: what every client sees. */
final class ApiHandler implements HttpHandler {
  /** As the real server, which picks a time between 30 and 60 minutes. */
  private static final long WATCH_SECONDS = 1800;

  private final ResourceTypes types;
  private final ObjectStore store;
  private final Lists lists;
  private final Faults faults;
  private final Access access;
  private final RequestLog log;

  ApiHandler(
      ResourceTypes types,
      ObjectStore store,
      Lists lists,
      Faults faults,
      Access access,
      RequestLog log) {
    this.types = types;
    this.store = store;
    this.lists = lists;
    this.faults = faults;
    this.access = access;
    this.log = log;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<Target> target = types.target(path);
      String plural = target.map(found -> found.type().plural()).orElse("");
      pause(faults.slow(plural));
      Optional<Refusal> refusal = faults.refusal(plural);
      if (!access.admits(exchange.getRequestHeaders().getFirst("Authorization"))) {
        finish(exchange, Answer.failure(401, "Unauthorized", "Unauthorized"));
      } else if (refusal.isPresent()) {
        refuse(exchange, refusal.get());
      } else if (target.isPresent()) {
        about(exchange, target.get());
      } else {
        finish(
            exchange,
            types.discovery(path).map(Answer::ok).orElse(new Answer(404, "404 page not found")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    if (!refusal.retryAfter().isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", refusal.retryAfter());
    }
    String reason =
        switch (refusal.status()) {
          case 410 -> "Expired";
          case 429 -> "TooManyRequests";
          case 503 -> "ServiceUnavailable";
          default -> "InternalError";
        };
    finish(exchange, Answer.failure(refusal.status(), reason, "a fault was switched on"));
  }

  private void finish(HttpExchange exchange, Answer answer) throws IOException {
    log.add(exchange, answer.status());
    Exchanges.answer(exchange, answer);
  }

  private void about(HttpExchange exchange, Target target)
      throws IOException, InterruptedException {
    Map<String, String> query = Exchanges.query(exchange);
    String plural = target.type().plural();
    if (faults.isForbidden(plural)) {
      finish(exchange, forbidden(target));
    } else if (!target.name().isEmpty() || !exchange.getRequestMethod().equals("GET")) {
      crud(exchange);
    } else if (query.getOrDefault("watch", "").matches("true|1")) {
      watch(exchange, target, query);
    } else {
      Answer answer = lists.list(target, query);
      log.add(exchange, answer.status());
      Exchanges.answer(exchange, answer, answer.status() == 200 && faults.truncate());
    }
  }

  private static Answer forbidden(Target target) {
    String plural = target.type().plural();
    return Answer.failure(
        403,
        "Forbidden",
        plural
            + " is forbidden: User \"system:serviceaccount:kube-system:sluice\" cannot list"
            + " resource \""
            + plural
            + "\" in API group \""
            + target.type().group()
            + "\" at the cluster scope");
  }

  private void crud(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    finish(
        exchange,
        store.crud(
            HttpMethod.valueOf(exchange.getRequestMethod()),
            exchange.getRequestURI().getPath(),
            query == null ? "" : query,
            Exchanges.body(exchange)));
  }

  private void watch(HttpExchange exchange, Target target, Map<String, String> query)
      throws IOException, InterruptedException {
    String since = query.getOrDefault("resourceVersion", "");
    Optional<Watch> opened =
        store.watch(
            target,
            since.isEmpty() ? 0 : Long.parseLong(since),
            query.getOrDefault("allowWatchBookmarks", "").equals("true"));
    if (opened.isEmpty() && !access.goneAsEvent()) {
      finish(exchange, Answer.gone("too old resource version: " + since));
      return;
    }
    log.add(exchange, 200);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    if (opened.isEmpty()) {
      Watch gone = new Watch(target.type(), "", false);
      gone.gone();
      stream(gone, out, 1);
      return;
    }
    Watch watch = opened.get();
    try {
      // The headers go out at once, before there is anything to say.
      out.flush();
      String seconds = query.getOrDefault("timeoutSeconds", "");
      stream(watch, out, seconds.isEmpty() ? WATCH_SECONDS : Long.parseLong(seconds));
    } finally {
      store.close(watch);
    }
  }

  private static void stream(Watch watch, OutputStream out, long seconds)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      String line = watch.lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(Watch.CUT)) {
        out.close();
        return;
      }
      out.write(line.getBytes(StandardCharsets.UTF_8));
      if (watch.lines.isEmpty()) {
        out.flush();
      }
    }
  }
}
