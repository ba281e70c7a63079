package io.sluice.source.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.SourceStatus;
import io.sluice.api.source.SourceStatus.State;
import io.sluice.apiserver.ApiServer;
import io.sluice.apiserver.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the source makes of a server that is not well. */
@Execution(ExecutionMode.CONCURRENT)
class FaultsTest {
  private static final String LIST_PODS = " GET /api/v1/pods?limit=";
  private static final String WATCH_PODS = " GET /api/v1/pods?watch=";

  private static ApiServer server(Path folder) {
    ApiServer server = ApiServer.start(folder);
    for (String name : new String[] {"a", "b", "c", "d"}) {
      server.apply(Manifests.namespace(name) + Manifests.policy(name, "closed"));
    }
    server.apply(Manifests.pod("a", "web", "10.0.0.1"));
    return server;
  }

  private static Followed follow(ApiServer server) throws InterruptedException {
    Followed followed =
        new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY);
    try {
      followed.sink.awaitState(State.SYNCED);
      followed.sink.awaitSynced();
      followed.awaitNamespaces("a", "b", "c", "d");
      return followed;
    } catch (AssertionError e) {
      followed.close();
      throw e;
    }
  }

  private static List<String> requests(ApiServer server, String part) {
    return server.requests().stream().filter(line -> line.contains(part)).toList();
  }

  private static String problems(SourceStatus status) {
    return String.join("\n", status.problems().stream().map(Problem::toString).toList());
  }

  @Test
  void killedAndBackWithEverything(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.kill();
      followed.sink.awaitState(State.LOST);
      assertTrue(followed.status().detail().contains("kept: 4 Namespace"));
      server.restart();
      followed.sink.awaitState(State.SYNCED);
      assertEquals(State.SYNCED, followed.reread().state());

      assertEquals(List.of(), followed.deleted());
      server.apply(Manifests.namespace("e"));
      followed.awaitNamespaces("a", "b", "c", "d", "e");
    }
  }

  @Test
  void awayFromTheBeginning(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder)) {
      server.kill();
      try (Followed followed =
          new Followed(TestSettings.of(server.kubeconfig()), ResourceKind.NETWORK_POLICY)) {
        followed.sink.awaitState(State.LOST);
        String detail = followed.status().detail();
        assertTrue(detail.contains("never had contact"), detail);
        server.restart();
        followed.sink.awaitState(State.SYNCED);
        detail = followed.status().detail();
        assertTrue(detail.contains("last contact"), detail);
      }
    }
  }

  @Test
  void killedAndBackWithHalf(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.kill();
      followed.sink.awaitState(State.LOST);
      int forgotten = server.forgetEverySecond();
      assertEquals(List.of(), followed.deleted(), "while it is away");
      server.restart();
      followed.sink.await(
          forgotten + " objects are gone", seen -> followed.deleted().size() == forgotten);

      followed.sink.awaitState(State.SYNCED);
      assertEquals(State.SYNCED, followed.reread().state());
      assertEquals(forgotten, followed.deleted().size());
      assertEquals(9 - forgotten, followed.sink.picture().size());
    }
  }

  @Test
  void aServerThatHasLostEverythingIsLostContact(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.kill();
      server.forgetAll();
      server.restart();
      followed.sink.await(
          "the loss is named",
          seen -> seen.status().orElseThrow().detail().contains("no namespaces"));

      assertEquals(State.LOST, followed.reread().state());
      assertEquals(List.of(), followed.deleted());
      server.apply(Manifests.namespace("a"));
      followed.awaitNamespaces("a");
      followed.sink.awaitState(State.SYNCED);
    }
  }

  @Test
  void pausedAndGoingOn(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.pause();
      followed.sink.awaitState(State.LOST);
      assertEquals(State.LOST, followed.reread().state());
      server.resume();
      followed.sink.awaitState(State.SYNCED);
      server.apply(Manifests.namespace("e"));
      followed.awaitNamespaces("a", "b", "c", "d", "e");

      assertEquals(List.of(), followed.deleted());
    }
  }

  @Test
  void slow(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder)) {
      server.faults().slow(Duration.ofMillis(400));
      try (Followed followed = follow(server)) {
        assertEquals(State.SYNCED, followed.reread().state());
        server.delete("v1", "Namespace", "", "d");
        followed.awaitNamespaces("a", "b", "c");
      }
    }
  }

  @Test
  void busyIsLeftAloneForAsLongAsItSays(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder)) {
      server.faults().answer(429, Duration.ofSeconds(2), 2, "pods");
      try (Followed followed = follow(server)) {
        List<String> lists = requests(server, LIST_PODS);

        assertEquals(3, lists.size(), lists.toString());
        for (int i = 0; i < 2; i++) {
          assertTrue(lists.get(i).endsWith(" 429"), lists.toString());
          long pause = millis(lists.get(i + 1)) - millis(lists.get(i));
          assertTrue(pause >= 2000, "asked again after " + pause + " ms");
        }
        assertEquals(State.SYNCED, followed.status().state());
      }
    }
  }

  private static long millis(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  @Test
  void failingAnswersLoseContactAndAreNotHammered(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.faults().answer(500);
      server.faults().cutWatches();
      followed.sink.awaitState(State.LOST);
      int before = server.requests().size();
      TimeUnit.SECONDS.sleep(2);
      int asked = server.requests().size() - before;
      // 4 kinds, pauses of 250 to 500 ms by then, and a question every 300 ms: about 40.
      assertTrue(asked < 80, asked + " requests in 2 s");
      assertEquals(State.LOST, followed.reread().state());
      server.faults().clear();
      followed.sink.awaitState(State.SYNCED);

      assertEquals(List.of(), followed.deleted());
    }
  }

  @Test
  void oneKindThatFailsIsNamedAndTheOthersGoOn(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      server.faults().answer(503, Duration.ZERO, Integer.MAX_VALUE, "pods");
      server.faults().cutWatches();
      followed.sink.awaitState(State.DEGRADED);
      assertTrue(problems(followed.status()).contains("Pod: 503"), problems(followed.status()));
      server.apply(Manifests.namespace("e"));
      followed.awaitNamespaces("a", "b", "c", "d", "e");
      server.faults().clear();
      followed.sink.awaitState(State.SYNCED);
    }
  }

  @Test
  void cutWatchesGoOnWhereTheyWere(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      int lists = requests(server, LIST_PODS).size();
      int states = followed.sink.states().size();
      server.faults().cutWatches();
      server.apply(Manifests.pod("b", "web", "10.0.0.2"));
      followed.sink.await("both pods", seen -> seen.picture().size() == 10);

      assertEquals(lists, requests(server, LIST_PODS).size(), "no list was needed");
      assertTrue(requests(server, WATCH_PODS).size() >= 2);
      List<SourceStatus> since = followed.sink.states();
      for (SourceStatus status : since.subList(states, since.size())) {
        assertEquals(State.SYNCED, status.state());
      }
    }
  }

  @Test
  void aCompactedHistoryIsListedAgain(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder);
        Followed followed = follow(server)) {
      for (boolean asEvent : new boolean[] {true, false}) {
        int lists = requests(server, LIST_PODS).size();
        server.faults().compact(asEvent);
        server.apply(Manifests.pod("b", "web-" + asEvent, "10.0.0." + (asEvent ? 3 : 4)));
        followed.sink.await(
            "the pod is there",
            seen -> followed.names(ResourceKind.POD).contains("web-" + asEvent));

        assertTrue(requests(server, LIST_PODS).size() > lists, "as event: " + asEvent);
        assertFalse(
            followed.sink.states().stream().anyMatch(status -> status.state() == State.LOST),
            "contact was never lost");
      }
      assertEquals(List.of(), followed.deleted());
    }
  }

  @Test
  void aSilentWatchIsOpenedAgainAndBookmarksBreakTheSilence(@TempDir Path folder) throws Exception {
    try (ApiServer server = server(folder)) {
      Settings settings =
          TestSettings.silence(TestSettings.of(server.kubeconfig()), Duration.ofSeconds(3));
      try (Followed followed = new Followed(settings)) {
        followed.sink.awaitState(State.SYNCED);
        for (int i = 0; i < 8; i++) {
          TimeUnit.MILLISECONDS.sleep(500);
          server.faults().bookmark();
        }
        assertEquals(1, requests(server, WATCH_PODS).size(), "bookmarks came");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (requests(server, WATCH_PODS).size() < 2 && System.nanoTime() < deadline) {
          TimeUnit.MILLISECONDS.sleep(100);
        }
        assertEquals(2, requests(server, WATCH_PODS).size(), "silence was noticed");
        assertEquals(1, requests(server, LIST_PODS).size());
        assertEquals(State.SYNCED, followed.status().state());
      }
    }
  }

  @Test
  void pagesThatExpireAndListsThatBreakOffAreDoneOver(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder, ServerOptions.EMPTY.generating(1000, 0));
        Followed followed = new Followed(TestSettings.of(server.kubeconfig()))) {
      followed.sink.awaitState(State.SYNCED);
      assertEquals(1000, followed.names(ResourceKind.POD).size());
      assertEquals(10, requests(server, LIST_PODS).size(), "pages of 100");
      server.faults().truncateLists(2);
      server.faults().expireContinueTokens(5);
      followed.reread();
      followed.sink.awaitState(State.SYNCED);
      assertEquals(State.SYNCED, followed.reread().state());

      assertEquals(List.of(), followed.deleted());
      assertEquals(1000, followed.names(ResourceKind.POD).size());
      assertEquals(5, requests(server, " 410").size(), "tokens had expired");
      assertFalse(requests(server, LIST_PODS + "0 ").isEmpty(), "in the end, in one piece");
    }
  }
}
