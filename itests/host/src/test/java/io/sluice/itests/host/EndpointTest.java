package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.exposition.Exposition;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and probes of the distribution. */
class EndpointTest {
  private static final String NODE = "node-1";
  private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

  private static String url(RunningAgent agent) throws Exception {
    Cli.Result status =
        agent.execUntil("sluice:status", answer -> URL.matcher(answer.out()).find());
    Matcher url = URL.matcher(status.out());
    assertTrue(url.find());
    return url.group();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void theEndpointOfTheDistributionIsReadByAParser(@TempDir Path folder) throws Exception {
    Manifests manifests =
        new Manifests(folder.resolve("manifests"))
            .put(
                "shop.yaml",
                Manifests.namespace("shop") + Manifests.pod("shop", "web", NODE, "10.0.0.1"))
            .put("policy.yaml", Manifests.policy("shop", "only-admin", "admin"));
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests.directory)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      String url = url(agent);
      HttpResponse<String> metrics = get(url + "/metrics");
      Exposition scrape = Exposition.parse(metrics.body());
      assertEquals(200, metrics.statusCode());
      assertEquals(Optional.of(1.0), scrape.value("sluice_engine_up", Map.of()));
      assertEquals(Optional.of(1.0), scrape.value("sluice_local_endpoints", Map.of()));
      assertEquals(Optional.of(1.0), scrape.value("sluice_policies", Map.of("state", "active")));
      assertEquals(
          Optional.of(1.0),
          scrape.value("sluice_component_state", Map.of("name", "files", "state", "synced")));
      assertTrue(
          scrape.value("jvm_threads_live_threads", Map.of()).orElse(0.0) > 1, metrics.body());
      assertEquals(200, get(url + "/healthz").statusCode());

      HttpResponse<String> ready = get(url + "/readyz");
      assertEquals(503, ready.statusCode(), "memory enforces nothing");
      assertTrue(ready.body().contains("\"rung\" : \"synced\""), ready.body());
      assertTrue(ready.body().contains("'memory' enforces nothing"), ready.body());
      assertTrue(agent.exec("sluice:status").out().contains("denials.log"));
    }
  }

  @Test
  void aTakenPortIsSaidAndAnotherOneAppliesWhileItRuns(@TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests);
        ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
      String before = url(agent);
      agent.configure("io.sluice.metrics.cfg", "port = " + other.getLocalPort());
      Cli.Result status =
          agent.execUntil("sluice:status", answer -> answer.out().contains("nothing listens on"));
      assertTrue(status.out().contains("127.0.0.1:" + other.getLocalPort()), status.out());
      assertTrue(status.out().contains("io.sluice.metrics.cfg"), status.out());

      agent.configure("io.sluice.metrics.cfg", "port = 0\nreadyLag = soon");
      Cli.Result mended =
          agent.execUntil(
              "sluice:status",
              answer ->
                  URL.matcher(answer.out()).find() && !answer.out().contains("nothing listens"));
      assertTrue(mended.out().contains("'soon'"), mended.out());
      assertEquals(200, get(url(agent) + "/healthz").statusCode());

      Files.delete(agent.conf.resolve("io.sluice.metrics.cfg"));
      agent.execUntil("sluice:status", answer -> !URL.matcher(answer.out()).find());
      assertFalse(before.isEmpty());
    }
  }
}
