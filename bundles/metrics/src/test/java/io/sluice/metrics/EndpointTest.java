package io.sluice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.event.InForce;
import io.sluice.api.event.PolicyRejected;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.kit.exposition.Exposition;
import io.sluice.kit.exposition.Family;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The endpoint over HTTP, with an engine that says what the test wants. */
class EndpointTest {
  private final Web web = new Web();

  @AfterEach
  void close() {
    web.close();
  }

  private static Optional<Double> value(Exposition scrape, String name, String... labels) {
    Map<String, String> wanted = new java.util.HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return scrape.value(name, wanted);
  }

  @Test
  void everythingThatIsMeasuredIsInAScrape() {
    HandControl engine = new HandControl(Pictures.inForce());
    engine.rules =
        List.of(Pictures.rule(1, Action.ALLOW, "web"), Pictures.rule(2, Action.ISOLATE, "web"));
    engine.counters = List.of(new RuleCounter(1, 5, 500), new RuleCounter(2, 2, 80));
    web.bind(engine);
    Exposition scrape = web.scrape();
    assertEquals(Optional.of(1.0), value(scrape, "sluice_engine_up"));
    assertEquals(
        Optional.of(12.0), value(scrape, "sluice_events_total", "source", "files", "kind", "Pod"));
    assertEquals(Optional.of(6.0), value(scrape, "sluice_drops_total", "reason", "something_new"));
    assertEquals(
        Optional.of(4.0), value(scrape, "sluice_drops_total", "reason", "denials_suppressed"));
    assertEquals(Optional.of(9.0), value(scrape, "sluice_denials_total"));
    assertEquals(Optional.of(100.0), value(scrape, "sluice_endpoints"));
    assertEquals(Optional.of(10.0), value(scrape, "sluice_local_endpoints"));
    assertEquals(Optional.of(1.0), value(scrape, "sluice_policies", "state", "last_good"));
    assertEquals(Optional.of(1.0), value(scrape, "sluice_readiness", "rung", "in_force"));
    assertEquals(Optional.of(0.0), value(scrape, "sluice_readiness", "rung", "started"));
    assertEquals(
        Optional.of(1.0),
        value(scrape, "sluice_component_state", "name", "files", "state", "synced"));
    assertEquals(
        Optional.of(0.0),
        value(scrape, "sluice_component_state", "name", "files", "state", "lost"));
    assertEquals(Optional.of(1.0), value(scrape, "sluice_component_problems", "name", "disk"));
    assertEquals(Optional.of(7.0), value(scrape, "sluice_datapath_flows", "name", "ovs"));
    assertEquals(
        Optional.of(2.0),
        value(scrape, "sluice_label_store_unwritten_age_seconds", "name", "disk"));
    assertEquals(
        Optional.of(5.0),
        value(
            scrape,
            "sluice_policy_packets_total",
            "policy",
            "NetworkPolicy/shop/web",
            "verdict",
            "allow"));
    assertEquals(
        Optional.of(80.0),
        value(
            scrape,
            "sluice_policy_bytes_total",
            "policy",
            "NetworkPolicy/shop/web",
            "verdict",
            "deny"));
    assertTrue(value(scrape, "jvm_memory_used_bytes", "id", "Metaspace").orElse(0.0) > 0);
    assertTrue(value(scrape, "process_uptime_seconds").orElse(0.0) > 0);
    assertEquals(Optional.of(1.0), value(scrape, "sluice_build_info", "version", "1.2.3"));
    for (Family family : scrape.families().values()) {
      assertEquals(
          family.type() == Family.Type.COUNTER, family.name().endsWith("_total"), family.name());
    }
  }

  @Test
  void countersAreReadNoMoreOftenThanConfiguredAndRulesWhenTheyHaveChanged() {
    HandControl engine = new HandControl(Pictures.inForce());
    web.bind(engine);
    web.scrape();
    web.scrape();
    assertEquals(2, engine.countersAsked.get(), "the interval is 0");
    assertEquals(1, engine.rulesAsked.get(), "the revision is the same");
    web.configure(web.settings(0, Duration.ofHours(1)));
    web.scrape();
    assertEquals(2, engine.countersAsked.get());
    web.configure(web.settings(0, Duration.ZERO));
    engine.countersFail = new IllegalStateException("no contact");
    assertEquals(Optional.of(1.0), value(web.scrape(), "sluice_policy_traffic_failures_total"));
  }

  @Test
  void whatHappensOnTheBusIsCounted() {
    web.bind(new HandControl(Pictures.inForce()));
    web.publish(InForce.ADDRESS, new InForce(3, "ovs", true, 7_000_000));
    web.publish(InForce.ADDRESS, new InForce(4, "ovs", true, 0));
    web.publish(
        PolicyRejected.ADDRESS,
        new PolicyRejected(new PolicyRef("NetworkPolicy", "shop", "web"), true, List.of()));
    Denial denial =
        new Denial(
            Optional.empty(),
            Direction.EGRESS,
            IpAddress.parse("10.0.0.1"),
            IpAddress.parse("10.0.0.2"),
            6,
            80,
            Optional.empty(),
            "isolated");
    web.publish(
        DeniedFlow.ADDRESS, new DeniedFlow(denial, Instant.EPOCH, "a", "b", List.of(), "", "", ""));
    Exposition scrape =
        web.scrapeUntil(each -> value(each, "sluice_denied_flows_total").equals(Optional.of(1.0)));
    assertEquals(Optional.of(2.0), value(scrape, "sluice_revisions_in_force_total"));
    assertEquals(Optional.of(1.0), value(scrape, "sluice_policy_rejections_total"));
    assertEquals(Optional.of(1.0), value(scrape, "sluice_event_to_in_force_seconds_count"));
    assertEquals(
        Optional.of(0.0), value(scrape, "sluice_event_to_in_force_seconds_bucket", "le", "0.005"));
    assertEquals(
        Optional.of(1.0), value(scrape, "sluice_event_to_in_force_seconds_bucket", "le", "0.01"));
  }

  @Test
  void withoutAnEngineItIsNotAliveAndScrapesSaySo() {
    assertEquals(Optional.of(0.0), value(web.scrape(), "sluice_engine_up"));
    HttpResponse<String> health = web.get("/healthz");
    assertEquals(503, health.statusCode());
    assertTrue(health.body().contains("no engine runs"), health.body());
    assertEquals(503, web.get("/readyz").statusCode());
    HandControl engine = new HandControl(Pictures.inForce());
    web.bind(engine);
    assertEquals(200, web.get("/healthz").statusCode());
    assertEquals(200, web.get("/readyz").statusCode());
    engine.silent = true;
    HttpResponse<String> hung = web.get("/healthz");
    assertEquals(503, hung.statusCode());
    assertTrue(hung.body().contains("has not answered"), hung.body());
    assertEquals(Optional.of(0.0), value(web.scrape(), "sluice_engine_up"));
  }

  private JsonObject readiness(int status) {
    HttpResponse<String> answer = web.get("/readyz");
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(Optional.of("application/json"), answer.headers().firstValue("Content-Type"));
    return new JsonObject(answer.body());
  }

  @Test
  void theLadderSaysWhatIsMissing() {
    HandControl engine =
        new HandControl(
            Pictures.of(
                "source 'files' has not delivered everything",
                1,
                0,
                Duration.ZERO,
                "ovs",
                true,
                List.of(Pictures.OVS)));
    web.bind(engine);
    JsonObject started = readiness(503);
    assertEquals("started", started.getString("rung"));
    assertTrue(started.getJsonArray("missing").encode().contains("source 'files'"));

    engine.measurements =
        Pictures.of("", 1, 1, Duration.ZERO, "memory", false, List.of(Pictures.FILES));
    JsonObject synced = readiness(503);
    assertEquals("synced", synced.getString("rung"));
    assertTrue(synced.getJsonArray("missing").encode().contains("'memory' enforces nothing"));

    engine.measurements = Pictures.inForce();
    JsonObject inForce = readiness(200);
    assertEquals("in-force", inForce.getString("rung"));
    assertTrue(inForce.getJsonArray("warnings").encode().contains("disk full"));

    engine.measurements =
        Pictures.of("", 5, 5, Duration.ZERO, "ovs", true, List.of(Pictures.OVS, Pictures.COPY));
    JsonObject fromCopy = readiness(503);
    assertEquals("started", fromCopy.getString("rung"));
    assertTrue(fromCopy.getJsonArray("missing").encode().contains("3 min old"));
    assertEquals(Optional.of(180.0), value(web.scrape(), "sluice_durable_copy_age_seconds"));

    engine.measurements =
        Pictures.of(
            "", 6, 5, Duration.ofSeconds(2), "ovs", true, List.of(Pictures.LOST, Pictures.OVS));
    JsonObject lost = readiness(200);
    assertTrue(lost.getJsonArray("warnings").encode().contains("the directory is gone"));
    assertEquals(200, web.get("/healthz").statusCode());

    engine.measurements =
        Pictures.of("", 6, 5, Duration.ofSeconds(31), "ovs", true, List.of(Pictures.OVS));
    assertTrue(readiness(503).getJsonArray("missing").encode().contains("has waited for 31 s"));

    engine.measurements =
        Pictures.of(
            "",
            5,
            5,
            Duration.ZERO,
            "ovs",
            true,
            List.of(
                new io.sluice.api.control.Component(
                    "datapath", "ovs", "disconnected", "no switch", List.of())));
    assertTrue(readiness(503).getJsonArray("missing").encode().contains("disconnected: no switch"));
    assertEquals(200, web.get("/healthz").statusCode());
  }

  @Test
  void aPortThatIsTakenIsAProblemUntilItIsFree() throws Exception {
    int taken;
    try (Web other = new Web()) {
      taken = other.port();
      web.configure(web.settings(taken, Duration.ZERO));
      web.await("it is said", () -> web.report().state().equals("failing"));
      String said = web.report().problems().toString();
      assertTrue(said.contains("127.0.0.1:" + taken), said);
      assertTrue(said.contains("another one"), said);
    }
    web.await("it has taken the port", () -> web.report().state().equals("listening"));
    assertEquals(taken, web.port());
    assertEquals(List.of(), web.report().problems());
    assertEquals(503, web.get("/healthz").statusCode());
  }

  @Test
  void addressAndPortChangeWhileItRuns() throws Exception {
    int before = web.port();
    web.configure(new Settings("::1", 0, 10, Duration.ZERO, Duration.ofSeconds(30), List.of()));
    web.await("it listens there", () -> web.url().startsWith("http://[::1]:"));
    assertEquals(200, web.get("/").statusCode());
    try (java.net.Socket socket = new java.net.Socket()) {
      boolean refused = false;
      try {
        socket.connect(
            new java.net.InetSocketAddress(
                java.net.InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), before),
            1000);
      } catch (java.io.IOException e) {
        refused = true;
      }
      assertTrue(refused, "the old port is closed");
    }
  }

  @Test
  void whatIsNotThereIsNotAnswered() {
    assertEquals(404, web.get("/nothing").statusCode());
    assertEquals(405, web.send("POST", "/metrics").statusCode());
    HttpResponse<String> head = web.send("HEAD", "/");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        Optional.of("text/plain; version=0.0.4; charset=utf-8"),
        web.get("/metrics").headers().firstValue("Content-Type"));
    assertFalse(web.get("/").body().isBlank());
  }
}
