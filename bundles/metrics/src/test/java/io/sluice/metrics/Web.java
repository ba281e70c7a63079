package io.sluice.metrics;

import io.sluice.api.control.Component;
import io.sluice.kit.Stages;
import io.sluice.kit.exposition.Exposition;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** An endpoint on a real Vert.x, and a client of it. */
final class Web implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
  private final HttpClient client = HttpClient.newHttpClient();
  private final MetricsEndpoint endpoint;

  Web() {
    vertx.eventBus().registerCodec(new Identity());
    vertx.eventBus().codecSelector(body -> Identity.NAME);
    endpoint =
        new MetricsEndpoint(
            vertx,
            "1.2.3",
            settings(0, Duration.ZERO),
            Duration.ofMillis(50),
            Duration.ofSeconds(1));
    await("it listens", () -> endpoint.url().isPresent());
  }

  Settings settings(int port, Duration trafficInterval) {
    return new Settings("127.0.0.1", port, 10, trafficInterval, Duration.ofSeconds(30), List.of());
  }

  void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what + ": " + endpoint.report());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  void bind(HandControl engine) {
    endpoint.bindControl(engine.service());
  }

  void configure(Settings next) {
    endpoint.apply(next);
  }

  void publish(String address, Object event) {
    vertx.eventBus().publish(address, event);
  }

  Component report() {
    return endpoint.report();
  }

  String url() {
    return endpoint.url().orElse("");
  }

  int port() {
    return URI.create(url()).getPort();
  }

  HttpResponse<String> get(String path) {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(LONG)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  Exposition scrape() {
    HttpResponse<String> answer = get("/metrics");
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return Exposition.parse(answer.body());
  }

  Exposition scrapeUntil(Predicate<Exposition> wanted) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (true) {
      Exposition scrape = scrape();
      if (wanted.test(scrape)) {
        return scrape;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still " + scrape);
      }
      pause();
    }
  }

  @Override
  public void close() {
    endpoint.deactivate();
    client.close();
    Stages.get(vertx.close().toCompletionStage());
  }

  /** Hands records over as they are, like the bundle that provides Vert.x. */
  private static final class Identity implements MessageCodec<Object, Object> {
    static final String NAME = "identity";

    @Override
    public void encodeToWire(Buffer buffer, Object message) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
      throw new UnsupportedOperationException("local only");
    }

    @Override
    public Object transform(Object message) {
      return message;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
