package io.sluice.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
  private static final ServerOptions CLUSTER = ServerOptions.EMPTY.generating(250, 1);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static HttpRequest request(ApiServer server, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Authorization", "Bearer " + server.token())
        .timeout(Duration.ofSeconds(60))
        .build();
  }

  private static HttpResponse<String> get(ApiServer server, String path)
      throws IOException, InterruptedException {
    return CLIENT.send(request(server, path), HttpResponse.BodyHandlers.ofString());
  }

  private static BufferedReader watch(ApiServer server, String path)
      throws IOException, InterruptedException {
    return new BufferedReader(
        new InputStreamReader(
            CLIENT.send(request(server, path), HttpResponse.BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  private static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    return line == null ? "the end" : line;
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertTrue(matcher.find(), pattern + " is not in " + text);
    return String.valueOf(matcher.group(1));
  }

  private static int count(String text, String part) {
    return List.of(text.split(Pattern.quote(part), -1)).size() - 1;
  }

  private static String namespace(String name, String label) {
    return "{apiVersion: v1, kind: Namespace, metadata: {name: "
        + name
        + ", labels: {a: "
        + label
        + "}}}";
  }

  @Test
  void listsComeInPagesOfOneResourceVersion(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder, CLUSTER)) {
      String first = get(server, "/api/v1/pods?limit=100").body();
      String version = find(first, "\"resourceVersion\":\"(\\d+)\",\"continue\"");
      String token = find(first, "\"continue\":\"([^\"]+)\"");
      server.apply(namespace("new", "a"));
      String second = get(server, "/api/v1/pods?limit=100&continue=" + token).body();
      String last = find(second, "\"continue\":\"([^\"]+)\"");
      String third = get(server, "/api/v1/pods?limit=100&continue=" + last).body();

      assertEquals(version, find(second, "\"resourceVersion\":\"(\\d+)\",\"continue\""));
      assertEquals("150", find(first, "\"remainingItemCount\":(\\d+)"));
      assertEquals(100, count(first, "\"nodeName\""));
      assertEquals(50, count(third, "\"nodeName\""));
      assertFalse(third.contains("\"continue\""), "the last page has no token");
      assertFalse(first.contains("\"kind\":\"Pod\""), "elements leave out what they are");

      server.faults().expireContinueTokens(1);
      String path = "/api/v1/pods?limit=100&continue=" + token;
      assertEquals(410, get(server, path).statusCode());
      assertEquals(200, get(server, path).statusCode());
    }
  }

  @Test
  void aWatchBeginsAfterItsResourceVersion(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(namespace("one", "a"));
      String listed = get(server, "/api/v1/namespaces").body();
      String version = find(listed, "\"metadata\":\\{\"resourceVersion\":\"(\\d+)\"");
      server.apply(namespace("one", "b"));
      String path = "/api/v1/namespaces?watch=true&resourceVersion=" + version;
      try (BufferedReader lines = watch(server, path + "&allowWatchBookmarks=true")) {
        assertTrue(line(lines).startsWith("{\"type\":\"MODIFIED\""));
        server.apply(namespace("two", "a"));
        assertTrue(line(lines).startsWith("{\"type\":\"ADDED\""));
        server.delete("v1", "Namespace", "", "one");
        String deleted = line(lines);
        assertTrue(deleted.startsWith("{\"type\":\"DELETED\""));
        server.faults().bookmark();
        String bookmark = line(lines);
        assertTrue(bookmark.startsWith("{\"type\":\"BOOKMARK\""), bookmark);
        assertEquals(
            find(deleted, "\"resourceVersion\":\"(\\d+)\""),
            find(bookmark, "\"resourceVersion\":\"(\\d+)\""));
        server.faults().compact(true);
        assertTrue(line(lines).contains("\"code\":410"));
        assertNull(lines.readLine(), "the watch ends");
      }
      try (BufferedReader lines = watch(server, path)) {
        assertTrue(line(lines).startsWith("{\"type\":\"ERROR\""));
      }
      server.faults().compact(false);
      assertEquals(410, get(server, path).statusCode());
    }
  }

  @Test
  void aRestartedServerHasWhatItHad(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(namespace("one", "a") + "\n---\n" + namespace("two", "a"));
      String before = get(server, "/api/v1/namespaces/one").body();
      server.kill();
      assertThrows(IOException.class, () -> get(server, "/api/v1/namespaces/one"));
      server.restart();
      assertEquals(before, get(server, "/api/v1/namespaces/one").body());

      server.kill();
      assertEquals(1, server.forgetEverySecond());
      server.restart();
      assertEquals(200, get(server, "/api/v1/namespaces/one").statusCode());
      assertEquals(404, get(server, "/api/v1/namespaces/two").statusCode());
    }
  }

  @Test
  void faultsAreSwitchedOnAndOff(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder, CLUSTER)) {
      server.faults().answer(429, Duration.ofSeconds(7), 1, "pods");
      HttpResponse<String> refused = get(server, "/api/v1/pods?limit=1");
      assertEquals(429, refused.statusCode());
      assertEquals("7", refused.headers().firstValue("Retry-After").orElse(""));
      assertEquals(200, get(server, "/api/v1/pods?limit=1").statusCode());

      server.faults().forbid("pods");
      assertEquals(403, get(server, "/api/v1/pods").statusCode());
      server.faults().clear();
      server.faults().truncateLists(1);
      assertThrows(IOException.class, () -> get(server, "/api/v1/pods"));
      assertEquals(200, get(server, "/api/v1/pods").statusCode());

      String discovered = get(server, "/apis/networking.k8s.io/v1").body();
      assertTrue(discovered.contains("networkpolicies"), discovered);
      server.unserve("networkpolicies");
      assertEquals(404, get(server, "/apis/networking.k8s.io/v1/networkpolicies").statusCode());
      assertEquals(404, get(server, "/apis/networking.k8s.io/v1").statusCode());

      server.pause();
      HttpRequest hurried =
          HttpRequest.newBuilder(URI.create(server.url() + "/api"))
              .timeout(Duration.ofMillis(500))
              .build();
      assertThrows(
          IOException.class, () -> CLIENT.send(hurried, HttpResponse.BodyHandlers.discarding()));
      server.resume();
      HttpRequest old = request(server, "/api");
      server.accept("another");
      assertEquals(200, get(server, "/api").statusCode());
      assertEquals(401, CLIENT.send(old, HttpResponse.BodyHandlers.discarding()).statusCode());
      assertTrue(server.requests().getLast().endsWith(" GET /api 401"));
    }
  }
}
