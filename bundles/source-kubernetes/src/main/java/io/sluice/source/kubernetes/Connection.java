package io.sluice.source.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one API server. HTTP/1.1, so that each watch has a connection of its own: one that hangs
 * takes no other along, and giving an answer up closes its connection.
 */
final class Connection implements AutoCloseable {
  private static final int SHOWN = 2_000;
  private static final Pattern MESSAGE = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final HttpClient http;
  private final String server;
  private final Duration timeout;
  private final Map<Path, String> files;

  private Connection(HttpClient http, String server, Duration timeout, Map<Path, String> files) {
    this.http = http;
    this.server = server;
    this.timeout = timeout;
    this.files = files;
  }

  /**
   * Makes one; says nothing to the server yet.
   *
   * @throws IOException if the way to the server can't be read
   */
  static Connection open(Access access, Duration timeout) throws IOException {
    Map<Path, String> files = fingerprints(access.files());
    Config config = access.read();
    config.setUserAgent("sluice");
    config.setHttp2Disable(true);
    // Attempts and their pauses are the reflectors' business; it is they who say how it is.
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) timeout.toMillis());
    String url = config.getMasterUrl();
    try {
      return new Connection(
          new JdkHttpClientFactory().newBuilder(config).build(),
          url.endsWith("/") ? url.substring(0, url.length() - 1) : url,
          timeout,
          files);
    } catch (RuntimeException e) {
      // What the library makes of keys and certificates that it can't read.
      throw new IOException(access.name() + " can't be used: " + Failure.text(e), e);
    }
  }

  /** The server's address. */
  String server() {
    return server;
  }

  /** Whether a file that says who the server is, or who we are, has changed since. */
  boolean isOutdated() {
    return !files.equals(fingerprints(List.copyOf(files.keySet())));
  }

  private static Map<Path, String> fingerprints(List<Path> paths) {
    Map<Path, String> fingerprints = new HashMap<>();
    for (Path path : paths) {
      String fingerprint;
      try {
        fingerprint = Files.readAttributes(path, "unix:ino,size,lastModifiedTime,ctime").toString();
      } catch (IOException e) {
        fingerprint = "missing";
      }
      fingerprints.put(path, fingerprint);
    }
    return fingerprints;
  }

  /**
   * Asks for something.
   *
   * @param path path and query
   * @return the body of the answer, which the caller closes
   * @throws Failure if there is no answer in time, or another one than 2xx
   */
  InputStream get(String path) throws Failure, InterruptedException {
    return send(request(path).build());
  }

  /** Sends something; see {@link #get}. */
  InputStream send(String method, String path, String contentType, String body)
      throws Failure, InterruptedException {
    return send(request(path).method(method, contentType, body).build());
  }

  private HttpRequest.Builder request(String path) {
    return http.newHttpRequestBuilder()
        .uri(server + path)
        .header("Accept", "application/json")
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private InputStream send(HttpRequest request) throws Failure, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> sent;
    try {
      sent = http.sendAsync(request, InputStream.class);
    } catch (RuntimeException e) {
      throw Failure.of(e); // A token that can't be read, a client that was closed meanwhile.
    }
    try {
      HttpResponse<InputStream> response = sent.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!HttpResponse.isSuccessful(response.code())) {
        throw refusal(response);
      }
      return response.body();
    } catch (ExecutionException e) {
      throw Failure.of(cause(e));
    } catch (TimeoutException e) {
      throw new Failure(Failure.NO_ANSWER, "no answer in time", Duration.ZERO, e);
    } finally {
      sent.cancel(true);
    }
  }

  private static Throwable cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }

  private static Failure refusal(HttpResponse<InputStream> response) {
    String text;
    try (InputStream body = response.body()) {
      text = new String(body.readNBytes(SHOWN), StandardCharsets.UTF_8);
    } catch (IOException e) {
      text = ""; // The status says enough.
    }
    Matcher message = MESSAGE.matcher(text);
    String said = message.find() ? message.group(1) : text.strip();
    return new Failure(
        response.code(),
        response.code() + " " + response.message() + (said.isEmpty() ? "" : ": " + said),
        retryAfter(response.header("Retry-After"), InstantSource.system()),
        null);
  }

  /** Seconds, or a date (RFC 9110); zero if there is none. */
  static Duration retryAfter(@Nullable String header, InstantSource clock) {
    if (header == null || header.isBlank()) {
      return Duration.ZERO;
    }
    if (header.strip().matches("\\d{1,6}")) {
      return Duration.ofSeconds(Long.parseLong(header.strip()));
    }
    try {
      Duration until =
          Duration.between(
              clock.instant(),
              ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  /** Gives up every answer that is under way. */
  @Override
  public void close() {
    http.close();
  }
}
