package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datapaths that are dropped into a running agent, good ones and bad ones. */
class TakeoverTest {
  private final Path folder;
  private OwnDistribution own;
  private RunningAgent agent;

  TakeoverTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    own = new OwnDistribution(folder.resolve("home"));
    Manifests manifests =
        new Manifests(folder.resolve("manifests"))
            .put(
                "shop.yaml",
                Manifests.namespace("shop")
                    + Manifests.pod("shop", "web", "node-1", "10.0.0.1")
                    + Manifests.pod("shop", "db", "node-1", "10.0.0.2"))
            .put("policy.yaml", Manifests.policy("shop", "only-web", "web"));
    agent = RunningAgent.start(own.home, folder, "node-1", manifests.directory);
  }

  @AfterEach
  void stop() throws IOException {
    agent.close();
    own.close();
  }

  private Path drop(String name, int ranking, String behaviour) throws Exception {
    return DropIn.datapath(name, ranking, behaviour, folder).drop(own.deploy);
  }

  private Cli.Result awaitPart(String name, String part) throws Exception {
    return agent.execUntil(
        "sluice:datapath list",
        list -> list.out().matches("(?s).*\n" + name + " +-?\\d+ +(yes|no) +" + part + " .*"));
  }

  private List<String> calls(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".calls"));
  }

  private boolean hasRules(String name) throws IOException {
    Path rules = folder.resolve(name + ".rules");
    return Files.exists(rules) && Files.readString(rules).contains("only-web");
  }

  @Test
  void aBetterOneTakesOverAndTheCommandsSayAndChangeWhoEnforces() throws Exception {
    assertTrue(agent.exec("sluice:status").out().contains("memory, NOTHING IS ENFORCED"));
    Path first = drop("first", 0, "good");
    awaitPart("first", "chosen");
    assertEquals(0, agent.exec("sluice:settle").status());
    assertTrue(hasRules("first"));

    drop("better", 10, "good");
    awaitPart("first", "released");
    Cli.Result list = awaitPart("better", "chosen");
    assertTrue(list.out().contains("2/2"), list.out());
    assertTrue(hasRules("better"));
    assertFalse(Files.exists(folder.resolve("first.rules")));
    assertEquals("release", calls("first").getLast());
    assertFalse(calls("better").contains("release"));

    Cli.Result used = agent.exec("sluice:datapath use first");
    assertEquals(0, used.status(), used.err());
    assertTrue(used.out().startsWith("datapath first is chosen"), used.out());
    assertTrue(hasRules("first"));
    awaitPart("better", "released");
    Cli.Result unknown = agent.exec("sluice:datapath use nobody");
    assertEquals(1, unknown.status());
    assertTrue(unknown.err().contains("bound are: better, first, memory"), unknown.err());
    assertEquals(1, agent.exec("sluice:datapath use memory").status(), "it enforces nothing");

    // The one that enforces goes, and comes back.
    List<String> before = calls("first");
    Files.delete(first);
    awaitPart("first", "FROZEN");
    Cli.Result frozen = agent.exec("sluice:status");
    assertTrue(frozen.out().contains("first, FROZEN"), frozen.out());
    assertTrue(hasRules("first"));
    assertEquals(before, calls("first"), "nothing is told to what is gone");
    drop("first", 0, "good");
    awaitPart("first", "chosen");

    Cli.Result asked = agent.exec("sluice:release");
    assertEquals(1, asked.status());
    assertTrue(asked.err().contains("NOTHING, every packet passes"), asked.err());
    assertTrue(hasRules("first"));
    Cli.Result purge =
        Cli.run("purge", "--conf", agent.conf.toString(), "--run", agent.run.toString());
    assertEquals(1, purge.status());
    assertTrue(purge.err().contains("sluice:release --yes"), purge.err());
    assertTrue(hasRules("first"));
    Cli.Result released = agent.exec("sluice:release --yes");
    assertEquals(0, released.status(), released.err());
    assertFalse(Files.exists(folder.resolve("first.rules")));
    assertTrue(agent.exec("sluice:status").out().contains("NOTHING IS ENFORCED"));
    assertEquals(0, agent.exec("sluice:datapath use better").status());
    assertEquals(0, agent.exec("sluice:settle").status());
    assertTrue(hasRules("better"));
  }

  @Test
  void badOnesAreRejectedAndNamedAndTheGoodOneStays() throws Exception {
    agent.configure("io.sluice.engine.cfg", "takeoverSeconds = 2");
    drop("good", 0, "good");
    awaitPart("good", "chosen");
    drop("blind", 10, "blind");
    drop("boaster", 11, "boaster");
    drop("silent", 12, "silent");
    drop("broken", 13, "broken");
    DropIn.datapath("lost", 14, "good", folder).missing("com.example.nowhere").drop(own.deploy);
    Files.writeString(own.deploy.resolve("paper.jar"), "this is no jar");

    awaitPart("blind", "REJECTED");
    awaitPart("boaster", "REJECTED");
    awaitPart("silent", "REJECTED");
    Cli.Result status =
        agent.execUntil(
            "sluice:status",
            answer ->
                answer.out().contains("com.example.nowhere")
                    && answer.out().contains("no switch of this kind"));
    assertNamed(status, "blind", "rejected: does not cover shop/");
    assertNamed(status, "boaster", "shows no binding of it within 2 s");
    assertNamed(status, "silent", "took a snapshot and did not confirm it within 2 s");
    assertNamed(status, "broken", "failed when it was activated");
    assertNamed(status, "lost", "can't be resolved: no bundle provides osgi.wiring.package");
    assertTrue(status.out().contains("paper.jar: is not installed"), status.out());
    assertTrue(status.out().contains("good, enforcing"), status.out());

    assertFalse(Files.exists(folder.resolve("blind.calls")), "it was told nothing");
    assertFalse(Files.exists(folder.resolve("boaster.rules")), "no stale rules stay behind");
    assertFalse(Files.exists(folder.resolve("silent.rules")), "no stale rules stay behind");
    assertFalse(calls("good").contains("release"));
    assertTrue(hasRules("good"));
    Cli.Result again = agent.exec("sluice:datapath use silent");
    assertEquals(1, again.status());
    assertTrue(again.err().contains("did not confirm it within 2 s"), again.err());
    assertEquals(0, agent.exec("sluice:settle").status(), agent.exec("sluice:status").out());
    Files.delete(own.deploy.resolve("broken.jar"));
    agent.execUntil("sluice:status", answer -> !answer.out().contains("broken.jar"));
  }

  /** The line names file, bundle, component, reason and a remedy. */
  private static void assertNamed(Cli.Result status, String name, String reason) {
    assertTrue(
        status
            .out()
            .lines()
            .anyMatch(
                line ->
                    line.contains(name + ".jar, bundle dropped." + name)
                        && line.contains(reason)
                        && line.contains("; ")
                        && (line.contains("component." + name) || name.equals("lost"))),
        () -> name + " is not named:\n" + status.out());
  }
}
