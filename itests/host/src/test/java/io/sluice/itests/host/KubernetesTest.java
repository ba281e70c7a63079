package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.apiserver.ApiServer;
import io.sluice.apiserver.ServerOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent follows an API server. */
class KubernetesTest {
  private static final String NODE = "node-1";
  private static final ServerOptions SECURED = ServerOptions.EMPTY.secured();
  private static final String EXPLAIN = "sluice:explain shop/web shop/db 80/TCP";

  private static long lists(ApiServer server, String plural) {
    return server.requests().stream().filter(line -> line.contains(plural + "?limit=")).count();
  }

  @Test
  void aPolicyIsFollowedFromTheServerToTheDatapathAndBack(@TempDir Path folder) throws Exception {
    try (ApiServer server = ApiServer.start(folder.resolve("server"), SECURED)) {
      server.apply(
          Manifests.namespace("shop")
              + Manifests.pod("shop", "web", NODE, "10.0.0.1")
              + Manifests.pod("shop", "db", NODE, "10.0.0.2"));
      try (RunningAgent agent = RunningAgent.following(folder, NODE, server.kubeconfig())) {
        Cli.Result settled = agent.exec("sluice:settle");
        assertEquals(0, settled.status(), settled.err() + agent.log());
        assertTrue(agent.exec(EXPLAIN).out().startsWith("ALLOW"));
        Cli.Result status = agent.exec("sluice:status");
        assertTrue(status.out().contains(server.url().toString()), status.out());
        assertTrue(status.out().contains("2 Pod at "), status.out());
        assertTrue(status.out().contains("last contact"), status.out());

        server.apply(Manifests.policy("shop", "only-admin", "admin"));
        long before = lists(server, "networkpolicies");
        assertEquals(0, agent.exec("sluice:settle").status());
        assertEquals(before + 1, lists(server, "networkpolicies"), "settle lists each kind");
        assertTrue(agent.exec(EXPLAIN).out().startsWith("DENY"));

        server.apply(Manifests.policy("shop", "only-admin", "admin").replace("80", "70000"));
        agent.execUntil("sluice:status", answer -> answer.out().contains("70000"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!server.objects("v1", "Event").contains("PolicyRejected")) {
          assertTrue(System.nanoTime() < deadline, server.objects("v1", "Event"));
          TimeUnit.MILLISECONDS.sleep(100);
        }
        assertTrue(server.objects("v1", "Event").contains("70000"), server.objects("v1", "Event"));

        server.kill();
        agent.execUntil("sluice:status", answer -> answer.out().contains("lost contact"));
        assertTrue(agent.exec(EXPLAIN).out().startsWith("DENY"), "the last good version stays");
        Cli.Result lost = agent.exec("sluice:settle 5");
        assertEquals(1, lost.status(), lost.out());

        server.forget("networkpolicies", "shop", "only-admin");
        server.restart();
        agent.execUntil(EXPLAIN, answer -> answer.out().startsWith("ALLOW"));
        assertEquals(0, agent.exec("sluice:settle").status());
        assertFalse(agent.log().contains(" ERROR "), agent.log());
        assertFalse(agent.log().contains("SLF4J"), agent.log());
        assertEquals(0, agent.stop());
      }
    }
  }
}
