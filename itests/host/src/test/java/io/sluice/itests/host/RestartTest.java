package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However an agent ends, the rules stay; and the one command that removes them without it. */
class RestartTest {
  private final Path folder;

  RestartTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void assertRulesStay(String after) throws IOException {
    assertTrue(
        Files.readString(folder.resolve("file.rules")).contains("only-web"),
        "rules after " + after);
    assertFalse(
        Files.readAllLines(folder.resolve("file.calls")).contains("release"),
        "nothing was released by " + after);
  }

  private static void awaitEnforced(RunningAgent agent) throws Exception {
    agent.execUntil("sluice:status", status -> status.out().contains("file, enforcing, READY"));
    Cli.Result settled = agent.exec("sluice:settle");
    assertEquals(0, settled.status(), settled.err());
    assertTrue(settled.out().contains("is in force on file"), settled.out());
  }

  private static String bundle(RunningAgent agent, String name) throws Exception {
    String list = agent.exec("lb").out();
    Matcher line = Pattern.compile("(?m)^ *(\\d+)\\|.*\\|" + name + " \\(").matcher(list);
    assertTrue(line.find(), list);
    return line.group(1);
  }

  private static void run(RunningAgent agent, String command) throws Exception {
    Cli.Result result = agent.exec(command);
    assertEquals(0, result.status(), command + ": " + result.err());
  }

  private Cli.Result purge(OwnDistribution own, String... more) throws Exception {
    return Cli.run(own.home, folder, "purge", more);
  }

  @Test
  void rulesOutliveEveryEndOfTheAgentUntilTheyArePurged() throws Exception {
    Manifests manifests =
        new Manifests(folder.resolve("manifests"))
            .put(
                "shop.yaml",
                Manifests.namespace("shop") + Manifests.pod("shop", "web", "node-1", "10.0.0.1"))
            .put("policy.yaml", Manifests.policy("shop", "only-web", "web"));
    try (OwnDistribution own = new OwnDistribution(folder.resolve("home"))) {
      DropIn.datapath("file", 0, "good", folder).drop(own.deploy);
      try (RunningAgent agent =
          RunningAgent.start(own.home, folder, "node-1", manifests.directory)) {
        awaitEnforced(agent);
        assertEquals(0, agent.stop());
        assertRulesStay("a stop");
      }
      try (RunningAgent agent = RunningAgent.start(own.home, folder)) {
        awaitEnforced(agent);
        assertRulesStay("a start");
        agent.kill();
        assertRulesStay("a kill");
      }
      try (RunningAgent agent = RunningAgent.start(own.home, folder)) {
        awaitEnforced(agent);
        run(agent, "update " + bundle(agent, "Dropped file"));
        awaitEnforced(agent);
        assertRulesStay("an update of the datapath");
        run(agent, "update " + bundle(agent, "Sluice engine"));
        awaitEnforced(agent);
        assertRulesStay("an update of the engine");
        run(agent, "stop -t " + bundle(agent, "Dropped file"));
        agent.execUntil("sluice:status", status -> status.out().contains("file, FROZEN"));
        assertRulesStay("a stop of the datapath");
        agent.kill();
      }
      // A start that fails, and one that has nothing to go by.
      Path options = folder.resolve("conf/jvm.options");
      String before = Files.readString(options);
      Files.writeString(options, "-XX:NoSuchOption\n");
      try (RunningAgent agent = RunningAgent.launch(own.home, folder)) {
        assertEquals(1, agent.awaitEnd());
        assertRulesStay("a start that fails");
      }
      Files.writeString(options, before);
      Files.move(folder.resolve("conf/io.sluice.node.cfg"), folder.resolve("node.cfg"));
      try (RunningAgent agent = RunningAgent.start(own.home, folder)) {
        Cli.Result status = agent.exec("sluice:status");
        assertEquals(1, status.status());
        assertTrue(status.err().contains("io.sluice.node.cfg"), status.err());
        assertRulesStay("a start without configuration");
        assertEquals(0, agent.stop());
      }
      Files.move(folder.resolve("node.cfg"), folder.resolve("conf/io.sluice.node.cfg"));

      // What the agent used and is not there can't be purged, and that is said.
      Path jar = own.deploy.resolve("file.jar");
      Files.move(jar, folder.resolve("file.jar"));
      Cli.Result impossible = purge(own);
      assertEquals(1, impossible.status(), impossible.out());
      assertTrue(impossible.err().contains("'file' holds rules"), impossible.err());
      assertRulesStay("a purge without the datapath");
      Files.move(folder.resolve("file.jar"), jar);

      Cli.Result purged = purge(own);
      assertEquals(0, purged.status(), purged.err());
      assertTrue(purged.out().contains("'file': everything of ours was removed"), purged.out());
      assertFalse(Files.exists(folder.resolve("file.rules")));
      assertTrue(Files.exists(folder.resolve("conf/io.sluice.node.cfg")));
      assertTrue(Files.exists(folder.resolve("data/cache")), "the data stays");
      Cli.Result again = purge(own, "--with-data");
      assertEquals(0, again.status(), again.err());
      assertFalse(Files.exists(folder.resolve("data/cache")));
    }
  }
}
