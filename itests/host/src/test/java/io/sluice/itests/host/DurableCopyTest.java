package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is started again while what it reads is away. */
class DurableCopyTest {
  private static final String NODE = "node-1";
  private static final String EXPLAIN = "sluice:explain shop/web shop/db 80/TCP";

  private static Manifests shop(Path directory) throws Exception {
    return new Manifests(directory)
        .put(
            "shop.yaml",
            Manifests.namespace("shop")
                + Manifests.pod("shop", "web", NODE, "10.0.0.1")
                + Manifests.pod("shop", "db", NODE, "10.0.0.2"))
        .put("policy.yaml", Manifests.policy("shop", "only-admin", "admin"));
  }

  @Test
  void itGoesOnFromTheLastKnownStateAndReconcilesLater(@TempDir Path folder) throws Exception {
    Path manifests = folder.resolve("manifests");
    shop(manifests);
    String policies;
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      assertTrue(agent.exec(EXPLAIN).out().startsWith("DENY"));
      agent.execUntil("sluice:status", status -> status.out().contains("policies.mv"));
      policies = agent.exec("sluice:policies").out();
      assertFalse(agent.log().contains(" ERROR "), agent.log());
      assertEquals(0, agent.stop(), agent.log());
    }

    Path away = folder.resolve("away");
    Files.move(manifests, away);
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests)) {
      Cli.Result denied = agent.execUntil(EXPLAIN, answer -> answer.out().startsWith("DENY"));
      assertTrue(denied.out().contains("NetworkPolicy/shop/only-admin"), denied.out());
      Cli.Result status =
          agent.execUntil("sluice:status", answer -> answer.out().contains("last known state"));
      assertTrue(
          status.out().matches("(?s).*as of 20\\d\\d-\\S+Z, 0 min \\d+ s old.*"), status.out());
      assertTrue(status.out().contains("'files'"), status.out());
      assertEquals(policies, agent.exec("sluice:policies").out(), "the same numbers, too");
      assertEquals(1, agent.exec("sluice:settle 2").status());

      Files.delete(away.resolve("policy.yaml"));
      Files.move(away, manifests);
      Cli.Result settled = agent.execUntil("sluice:settle", answer -> answer.status() == 0);
      assertEquals(0, settled.status(), settled.err());
      assertTrue(agent.exec(EXPLAIN).out().startsWith("ALLOW"), "deleted while it was away");
      assertFalse(agent.exec("sluice:status").out().contains("last known state"));
      assertEquals(0, agent.stop(), agent.log());
    }
  }

  @Test
  void aCopyThatCantBeWrittenKeepsNobodyFromEnforcing(@TempDir Path folder) throws Exception {
    Path manifests = folder.resolve("manifests");
    shop(manifests);
    // A file where the directory of the copy should be.
    Files.createDirectories(folder.resolve("data"));
    Path obstacle = Files.createFile(folder.resolve("data/copy"));
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      assertTrue(agent.exec(EXPLAIN).out().startsWith("DENY"));
      Cli.Result status =
          agent.execUntil("sluice:status", answer -> answer.out().contains("not durable: "));
      assertTrue(status.out().contains(obstacle.toString()), status.out());

      Files.delete(obstacle);
      agent.execUntil("sluice:status", answer -> answer.out().contains("no problems"));
      assertTrue(Files.size(folder.resolve("data/copy/policies.mv")) > 0);
    }
  }
}
