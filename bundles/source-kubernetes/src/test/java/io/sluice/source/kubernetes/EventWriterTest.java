package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.event.PolicyRejected;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.apiserver.ApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  private static PolicyRejected rejection(String name) {
    return new PolicyRejected(
        new PolicyRef("NetworkPolicy", "a", name),
        true,
        List.of(
            new Problem(
                "", "", "spec.ingress[0].ports[0].port", "70000 is no port", "write 1 to 65535")));
  }

  private EventWriter writer(Followed followed, String host) {
    EventWriter writer =
        new EventWriter(
            followed.source::find, followed.source::connection, host, now::get, Duration.ZERO);
    writer.start();
    return writer;
  }

  private static void await(EventWriter writer, String number, LongPredicate wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!wanted.test(Objects.requireNonNull(writer.report().numbers().get(number)))) {
      assertTrue(System.nanoTime() < deadline, writer.report().toString());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static String events(Followed followed) throws IOException, InterruptedException {
    Connection connection = Objects.requireNonNull(followed.source.connection());
    try (InputStream in = connection.get("/api/v1/namespaces/a/events")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int count(String text, String part) {
    return text.length() - text.replace(part, part.substring(1)).length();
  }

  @Test
  void aRejectionBecomesOneEventHoweverManyAgentsSayIt(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a") + Manifests.policy("a", "closed"));
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitState(State.SYNCED);
        EventWriter one = writer(followed, "node-1");
        EventWriter two = writer(followed, "node-2");
        one.offer(rejection("closed"));
        one.offer(rejection("of-another-source"));
        await(one, "written", written -> written == 1);
        two.offer(rejection("closed"));
        await(two, "repeated", repeated -> repeated == 1);
        String events = events(followed);

        assertEquals(1, count(events, "\"reason\":\"PolicyRejected\""), events);
        assertTrue(events.contains("\"type\":\"Warning\""), events);
        assertTrue(events.contains("spec.ingress[0].ports[0].port: 70000 is no port"), events);
        assertTrue(events.contains("write 1 to 65535"), events);
        assertTrue(events.contains("\"namespace\":\"a\",\"name\":\"closed\""), events);
        assertTrue(events.contains("\"count\":1"), events);

        now.set(NOON.plus(Duration.ofHours(1)));
        two.offer(rejection("closed"));
        await(two, "repeated", repeated -> repeated == 2);
        assertTrue(events(followed).contains("\"count\":2"), events(followed));
        assertEquals(1, count(events(followed), "\"reason\":\"PolicyRejected\""));
        one.stop();
        two.stop();
      }
    }
  }

  @Test
  void aServerThatIsSlowOrRefusesHoldsNobodyUpAndDropsAreCounted(@TempDir Path folder)
      throws Exception {
    try (ApiServer server = ApiServer.start(folder)) {
      server.apply(Manifests.namespace("a") + Manifests.policy("a", "closed"));
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitState(State.SYNCED);
        EventWriter writer = writer(followed, "node-1");
        server.faults().slow(Duration.ofSeconds(1), "events");
        for (int i = 0; i < 200; i++) {
          writer.offer(rejection("closed"));
        }
        await(writer, "dropped", dropped -> dropped >= 99);
        writer.stop();

        EventWriter other = writer(followed, "node-2");
        server.faults().clear();
        server.faults().forbid("events");
        other.offer(rejection("closed"));
        await(other, "dropped", dropped -> dropped == 1);
        assertEquals("FAILING", other.report().state());
        assertTrue(other.report().detail().contains("rbac.yaml"), other.report().detail());
        other.stop();
      }
    }
  }
}
