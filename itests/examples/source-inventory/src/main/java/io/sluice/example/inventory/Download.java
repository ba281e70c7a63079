package io.sluice.example.inventory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for a text over HTTP, and for a new one only if it has changed (RFC 9110, ETag). */
final class Download implements AutoCloseable {
  private static final long SECONDS = 10;
  private static final long MOST_BYTES = 16 << 20;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(SECONDS))
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private String tag = "";
  private String offered = "";

  /**
   * The text; empty if it is the one that was {@linkplain #accept accepted} last.
   *
   * @param anew whether it is wanted in any case
   * @throws IOException if it can't be had
   */
  Optional<String> get(URI url, boolean anew) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    if (!anew && !tag.isEmpty()) {
      request.header("If-None-Match", tag);
    }
    // A body that stalls is not covered by a timeout of the request, but by one of the future.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
    try {
      HttpResponse<String> response = answer.get(SECONDS, TimeUnit.SECONDS);
      if (response.statusCode() == 304) {
        return Optional.empty();
      }
      if (response.statusCode() != 200) {
        throw new IOException("the server answers with status " + response.statusCode());
      }
      offered = response.headers().firstValue("ETag").orElse("");
      return Optional.of(response.body());
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + SECONDS + " s", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** The text that was answered last is what later ones are compared with. */
  void accept() {
    tag = offered;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
