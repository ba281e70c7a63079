package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.EndpointId;
import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Node;
import io.sluice.lab.SwitchPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Others change what is ours, or stop the switch. */
class HealingTest {
  private interface Scene {
    void play(Rig rig, Node node) throws IOException;
  }

  private static void with(Scene scene) throws IOException {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      rig.start(Map.of());
      rig.become(cluster);
      scene.play(rig, rig.node());
    }
  }

  private static void ofctl(Node node, String... words) throws IOException {
    List<String> arguments = List.of(words).subList(1, words.length);
    node.ofctl(words[0], arguments.toArray(String[]::new));
  }

  /** What deletes flows or the meter closes, or costs samples; and it is back at once. */
  @Test
  void whatWasDeletedComesBackAndNothingPassesMeanwhile() throws IOException {
    with(
        (rig, node) -> {
          List<String> whole = SwitchPicture.flows(node);
          PolicedLoad load = PolicedLoad.start(rig);
          Rig.sleep(300);
          for (String[] deed :
              List.of(
                  new String[] {"del-flows"},
                  new String[] {"del-flows", "table=6"},
                  new String[] {"del-flows", "table=12"},
                  new String[] {"del-flows", "ip"},
                  new String[] {"del-meters"})) {
            long done = System.nanoTime();
            ofctl(node, deed);
            rig.await(
                () ->
                    SwitchPicture.flows(node).equals(whole)
                        && node.ofctl("dump-meters").contains("meter=" + 0x51ce));
            System.out.printf(
                "%s: whole again after %d ms%n",
                String.join(" ", deed), (System.nanoTime() - done) / 1_000_000);
            Rig.sleep(300);
          }
          System.out.println("flows and meter deleted: " + load.stop());
        });
  }

  @Test
  void whatWasChangedIsSetBack() throws IOException {
    with(
        (rig, node) -> {
          List<String> whole = SwitchPicture.flows(node);
          for (String[] deed :
              List.of(
                  new String[] {"mod-flows", "table=6,actions=goto_table:8"},
                  new String[] {"add-flow", "cookie=0x77,table=6,priority=60000,actions=NORMAL"})) {
            long done = System.nanoTime();
            ofctl(node, deed);
            rig.await(() -> SwitchPicture.flows(node).equals(whole));
            System.out.printf(
                "%s: as it was after %d ms%n",
                String.join(" ", deed), (System.nanoTime() - done) / 1_000_000);
          }
          node.vsctl("del-fail-mode", Node.BRIDGE);
          rig.await(() -> node.vsctl("get-fail-mode", Node.BRIDGE).strip().equals("secure"));
          rig.await(() -> SwitchPicture.flows(node).equals(whole));
          rig.awaitReady();
        });
  }

  /**
   * On a bridge that is not Sluice's alone, what others put into our tables is said, not removed.
   */
  @Test
  void aForeignFlowAmongOursIsReported() throws IOException {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      Node node = rig.node();
      node.ofctl("del-flows");
      node.vsctl("set-fail-mode", Node.BRIDGE, "secure");
      node.ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=goto_table:10");
      rig.begin(Map.of("manageBridge", "false"));
      rig.become(cluster);
      assertEquals("[]", rig.problems());
      node.ofctl("add-flow", "cookie=0x77,table=12,priority=60000,udp,actions=drop");
      rig.await(() -> rig.problems().contains("tables 10 to 28 are used by others"));
      assertEquals(DatapathStatus.State.READY, rig.datapath().status().state());
      rig.become(PolicedLoad.scene().policy("shop", "more", Scenes.DENY_ALL).cluster());
      node.ofctl("del-flows", "table=12,udp");
      rig.await(() -> rig.datapath().status().problems().isEmpty());
      node.ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=NORMAL");
      rig.await(() -> rig.datapath().status().state() == DatapathStatus.State.REFUSED);
      assertTrue(rig.problems().contains("no flow leads to table 10"), rig.problems());
      node.ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=goto_table:10");
      rig.awaitReady();
      node.vsctl("set-fail-mode", Node.BRIDGE, "standalone");
      rig.await(() -> rig.problems().contains("fail_mode: is not secure"));
    }
  }

  @Test
  void aStoppedSwitchIsNoticedAndCatchesUp() throws IOException {
    with(
        (rig, node) -> {
          String pid = Files.readString(node.socketDirectory().resolve("ovs-vswitchd.pid")).strip();
          PolicedLoad load = PolicedLoad.start(rig);
          Rig.sleep(600);
          node.namespace().run("kill", "-STOP", pid);
          long stopped = System.nanoTime();
          rig.await(() -> rig.datapath().status().state() == DatapathStatus.State.DISCONNECTED);
          System.out.printf(
              "a stopped switch is noticed after %d ms%n",
              (System.nanoTime() - stopped) / 1_000_000);
          assertTrue(rig.problems().contains("has not answered for seconds"), rig.problems());
          assertFalse(
              rig.datapath().covers(List.of()).toCompletableFuture().isCompletedExceptionally());
          node.namespace().run("kill", "-CONT", pid);
          long resumed = System.nanoTime();
          rig.become(
              PolicedLoad.scene().policy("shop", "more", PolicedLoad.isolate("db")).cluster());
          rig.awaitReady();
          System.out.printf(
              "and in force again %d ms after it goes on%n",
              (System.nanoTime() - resumed) / 1_000_000);
          Rig.sleep(500);
          System.out.println("switch stopped: " + load.stop());
        });
  }

  @Test
  void aDatabaseThatIsRestartedMovesNoRule() throws IOException {
    with(
        (rig, node) -> {
          List<String> whole = SwitchPicture.flows(node);
          long changes = rig.datapath().status().counters().getOrDefault("flow changes", -1L);
          Map<EndpointId, String> bindings = rig.datapath().status().bindings();
          node.killDatabase();
          rig.await(() -> rig.problems().contains("no contact with database"));
          assertEquals(bindings, rig.datapath().status().bindings());
          node.startDatabase();
          rig.awaitReady();
          for (int i = 0; i < 100; i++) {
            assertEquals(bindings, rig.datapath().status().bindings());
            Rig.sleep(10);
          }
          assertEquals(
              changes, rig.datapath().status().counters().getOrDefault("flow changes", -1L));
          assertEquals(whole, SwitchPicture.flows(node));
        });
  }
}
