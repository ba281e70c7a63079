package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent, from its start to its end. */
class AgentTest {
  private static final String NODE = "node-1";
  private static final String EXPLAIN = "sluice:explain shop/web shop/db 80/TCP";

  private static Manifests shop(Path folder) throws Exception {
    return new Manifests(folder.resolve("manifests"))
        .put(
            "shop.yaml",
            Manifests.namespace("shop")
                + Manifests.pod("shop", "web", NODE, "10.0.0.1")
                + Manifests.pod("shop", "db", NODE, "10.0.0.2"));
  }

  @Test
  void saysThatItEnforcesNothingWithoutAnEnforcingDatapath(@TempDir Path folder) throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder, NODE, shop(folder).directory)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      Cli.Result status = agent.exec("sluice:status");

      assertEquals(0, status.status(), status.err());
      assertTrue(status.out().contains(NODE), status.out());
      assertTrue(status.out().contains("memory, NOTHING IS ENFORCED"), status.out());
      assertTrue(status.out().contains("no problems"), status.out());
    }
  }

  @Test
  void everyBundleRunsAndNothingIsLoggedAsAnError(@TempDir Path folder) throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder, NODE, shop(folder).directory)) {
      Cli.Result bundles = agent.exec("lb");

      assertEquals(0, bundles.status(), bundles.err());
      assertEquals(
          bundles.out().lines().filter(line -> line.matches(" *[0-9]+\\|.*")).count(),
          bundles.out().lines().filter(line -> line.contains("|Active ")).count(),
          bundles.out());
      assertFalse(agent.log().contains(" ERROR "), agent.log());
    }
  }

  @Test
  void followsItsManifests(@TempDir Path folder) throws Exception {
    Manifests manifests = shop(folder);
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests.directory)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      assertTrue(agent.exec(EXPLAIN).out().startsWith("ALLOW"));

      manifests.put("policy.yaml", Manifests.policy("shop", "only-admin", "admin"));
      assertEquals(0, agent.exec("sluice:settle").status());
      Cli.Result denied = agent.exec(EXPLAIN);
      assertTrue(denied.out().startsWith("DENY"), denied.out());
      assertTrue(denied.out().contains("NetworkPolicy/shop/only-admin"), denied.out());
      assertTrue(denied.out().contains("no ingress rule of"), denied.out());

      manifests.put("policy.yaml", Manifests.policy("shop", "only-admin", "web"));
      assertEquals(0, agent.exec("sluice:settle").status());
      assertTrue(agent.exec(EXPLAIN).out().startsWith("ALLOW"));
      assertTrue(agent.exec("sluice:explain shop/web shop/db 81/TCP").out().startsWith("DENY"));
    }
  }

  @Test
  void settleFailsOnABrokenManifestAndNamesIt(@TempDir Path folder) throws Exception {
    Manifests manifests = shop(folder);
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests.directory)) {
      manifests.put(
          "policy.yaml", Manifests.policy("shop", "broken", "web").replace("80", "70000"));
      Cli.Result settled = agent.exec("sluice:settle 10");

      assertEquals(1, settled.status(), settled.out());
      assertTrue(settled.err().contains("policy.yaml"), settled.err());
      assertTrue(settled.err().contains("NetworkPolicy/shop/broken"), settled.err());
      assertTrue(agent.exec("sluice:status").out().contains("policy.yaml"));
    }
  }

  @Test
  void aChangedConfigurationAppliesWhileItRuns(@TempDir Path folder) throws Exception {
    Path other =
        new Manifests(folder.resolve("other"))
            .put(
                "bank.yaml",
                Manifests.namespace("bank") + Manifests.pod("bank", "till", NODE, "10.0.1.1"))
            .directory;
    try (RunningAgent agent = RunningAgent.start(folder, NODE, shop(folder).directory)) {
      agent.execUntil("sluice:endpoints", answer -> answer.out().contains("shop/web"));

      agent.configure("io.sluice.source.files.cfg", "directory = " + other);
      Cli.Result endpoints =
          agent.execUntil("sluice:endpoints", answer -> answer.out().contains("bank/till"));
      assertFalse(endpoints.out().contains("shop/web"), endpoints.out());

      agent.configure("io.sluice.node.cfg", "name = node-2");
      agent.execUntil("sluice:status", answer -> answer.out().contains("node-2"));
      assertFalse(agent.exec("sluice:endpoints").out().contains("(this)"));

      agent.configure("io.sluice.engine.cfg", "datapath = other\nsyncGrace = soon");
      Cli.Result status =
          agent.execUntil("sluice:status", answer -> answer.out().contains("syncGrace"));
      assertTrue(status.out().contains("'soon'"), status.out());
      Cli.Result settle = agent.exec("sluice:settle 1");
      assertEquals(1, settle.status());
      assertTrue(settle.err().contains("'other' is not bound"), settle.err());

      Files.delete(agent.conf.resolve("io.sluice.engine.cfg"));
      agent.execUntil(
          "sluice:status", answer -> answer.status() == 0 && !answer.out().contains("syncGrace"));
      assertEquals(0, agent.exec("sluice:settle").status(), "without the file, the defaults");
    }
  }

  @Test
  void everyCommandAnswersOrFailsWithAReason(@TempDir Path folder) throws Exception {
    Manifests manifests =
        shop(folder).put("policy.yaml", Manifests.policy("shop", "only-admin", "admin"));
    try (RunningAgent agent = RunningAgent.start(folder, NODE, manifests.directory)) {
      assertEquals(0, agent.exec("sluice:settle").status());
      for (String command :
          new String[] {"endpoints", "groups", "policies", "rules", "flows shop/only-admin"}) {
        Cli.Result answer = agent.exec("sluice:" + command);
        assertEquals(0, answer.status(), command + ": " + answer.err());
        assertFalse(answer.out().isBlank(), command);
      }
      for (String command :
          new String[] {
            "explain shop/web shop/nobody 80/TCP",
            "explain shop/web shop/db 80/ICMP",
            "flows shop/nothing",
            "nothing"
          }) {
        Cli.Result answer = agent.exec("sluice:" + command);
        assertEquals(1, answer.status(), command + ": " + answer.out());
        assertFalse(answer.err().isBlank(), command);
      }
    }
  }

  @Test
  void sigtermStopsItCleanly(@TempDir Path folder) throws Exception {
    try (RunningAgent agent = RunningAgent.start(folder, NODE, shop(folder).directory)) {
      assertEquals(0, agent.stop(), agent.log());
      assertTrue(agent.log().contains("the rules stay in place"), agent.log());
      assertFalse(Files.exists(agent.run.resolve("admin.sock")));

      Cli.Result after = agent.exec("sluice:status");
      assertEquals(3, after.status());
      assertTrue(after.err().contains("no agent answers"), after.err());
    }
  }
}
