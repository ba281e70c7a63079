package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tables, zone and bridge change while packets flow: make before break. */
class RehomeTest {
  private static final int ZONE = 2777;
  private static final int OTHER_ZONE = 2778;

  private interface Scene {
    void play(Rig rig) throws IOException;
  }

  private static void with(Map<String, String> keys, Scene before, Scene scene) throws IOException {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      rig.node().ofctl("del-flows");
      before.play(rig);
      rig.begin(keys);
      rig.become(cluster);
      scene.play(rig);
    }
  }

  private static Map<String, String> keys(String... pairs) {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      keys.put(pairs[i], pairs[i + 1]);
    }
    return keys;
  }

  private static void lead(Rig rig, int table) throws IOException {
    rig.node().ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=goto_table:" + table);
  }

  private static List<LiveStream> streams(Rig rig) throws IOException {
    Pod web = rig.pod("shop/web");
    Pod db = rig.pod("shop/db");
    List<LiveStream> streams = new ArrayList<>();
    int port = 7000;
    for (var address : List.of(db.v4(), db.v6())) {
      for (LiveStream.Kind kind : LiveStream.Kind.values()) {
        streams.add(LiveStream.open(kind, web, db, address, port++));
      }
    }
    return streams;
  }

  @Test
  void tablesMoveUnderLoad() throws IOException {
    with(
        keys("manageBridge", "false", "firstTable", "10"),
        rig -> {
          rig.node().vsctl("set-fail-mode", Node.BRIDGE, "secure");
          lead(rig, 10);
        },
        rig -> {
          List<LiveStream> streams = streams(rig);
          PolicedLoad load = PolicedLoad.start(rig);
          Rig.sleep(500);
          // Beside, overlapping, so that the old table of returning packets is another stage, and
          // back: each time nobody leads there at first.
          for (int first : List.of(40, 42, 31, 10)) {
            rig.configure(keys("manageBridge", "false", "firstTable", Integer.toString(first)));
            rig.await(() -> rig.problems().contains("no flow leads to table " + first));
            assertEquals(DatapathStatus.State.READY, rig.datapath().status().state());
            Rig.sleep(300);
            lead(rig, first);
            rig.await(() -> rig.datapath().status().detail().contains("from table " + first + ","));
            rig.await(() -> rig.datapath().status().problems().isEmpty());
            Rig.sleep(700);
          }
          System.out.println("firstTable 10, 40, 42, 31, 10: " + load.stop());
          assertEquals(streams, LiveStream.alive(streams));
          String flows = rig.node().ofctl("dump-flows", "--no-stats");
          assertFalse(
              flows.contains("table=31"), "a flow is left where the tables were:\n" + flows);
          streams.forEach(LiveStream::close);
        });
  }

  @Test
  void theZoneMovesAndTheConnectionsGoAlong() throws IOException {
    with(
        keys("zone", Integer.toString(ZONE)),
        rig -> {},
        rig -> {
          List<LiveStream> streams = streams(rig);
          PolicedLoad load = PolicedLoad.start(rig);
          Rig.sleep(500);
          rig.configure(keys("zone", Integer.toString(OTHER_ZONE)));
          rig.await(() -> !rig.node().ofctl("dump-flows").contains("zone=" + ZONE));
          rig.await(() -> connections(rig, ZONE).isEmpty());
          System.out.println("zone: " + load.stop());
          assertEquals(streams, LiveStream.alive(streams));
          assertFalse(connections(rig, OTHER_ZONE).isEmpty());
          // A tightened policy still cuts what was carried over.
          rig.become(Scenes.pods().policy("shop", "deny", Scenes.DENY_ALL).cluster());
          Rig.sleep(1000);
          assertEquals(List.of(), LiveStream.alive(streams));
          streams.forEach(LiveStream::close);
        });
  }

  private static String connections(Rig rig, int zone) throws IOException {
    return rig.node().appctl("dpctl/dump-conntrack", "zone=" + zone).strip();
  }

  private static void addBridge(Rig rig, String name) throws IOException {
    rig.node()
        .vsctl(
            "add-br",
            name,
            "--",
            "set",
            "bridge",
            name,
            "datapath_type=netdev",
            "fail_mode=secure",
            "protocols=OpenFlow10,OpenFlow13,OpenFlow15");
  }

  /** Ports of the pods, moved in one transaction. */
  private static void movePorts(Rig rig, String from, String to) throws IOException {
    List<String> transaction = new ArrayList<>();
    for (Pod pod : rig.pods().values()) {
      transaction.addAll(
          List.of("--", "del-port", from, pod.port(), "--", "add-port", to, pod.port()));
      transaction.addAll(
          List.of(
              "--",
              "set",
              "interface",
              pod.port(),
              "external_ids:iface-id=\"" + pod.path().replace('/', '_') + "\"",
              "external_ids:attached-mac=\"" + pod.mac() + "\""));
    }
    rig.node().vsctl(transaction.toArray(String[]::new));
  }

  private static String flows(Rig rig, String bridge) throws IOException {
    return rig.node()
        .namespace()
        .run(
            "ovs-ofctl",
            "-O",
            "OpenFlow15",
            "dump-flows",
            "unix:" + rig.node().socketDirectory().resolve(bridge + ".mgmt"));
  }

  @Test
  void theBridgeMovesWhenThePodsHaveMoved() throws IOException {
    with(
        keys("uplinkPorts", ""),
        rig -> {},
        rig -> {
          PolicedLoad load = PolicedLoad.start(rig);
          // No such bridge: the old one stays, and follows.
          rig.configure(keys("uplinkPorts", "", "bridge", "nosuch"));
          rig.await(
              () -> rig.problems().contains("Bridge/nosuch: bridge: there is no such bridge"));
          rig.become(
              PolicedLoad.scene().policy("shop", "deny-db", PolicedLoad.isolate("db")).cluster());
          assertEquals(DatapathStatus.State.READY, rig.datapath().status().state());
          addBridge(rig, "br1");
          rig.configure(keys("uplinkPorts", "", "bridge", "br1"));
          rig.await(() -> rig.problems().contains("waits for the pods that are still on the old"));
          assertTrue(flows(rig, "br1").contains("conj"), "programmed before it is needed");
          assertTrue(flows(rig, Node.BRIDGE).contains("conj"), "and the old one still is");
          movePorts(rig, Node.BRIDGE, "br1");
          rig.await(() -> rig.datapath().status().detail().startsWith("bridge br1,"));
          rig.await(() -> rig.datapath().status().problems().isEmpty());
          Rig.sleep(1000);
          System.out.println("bridge br0 to br1: " + load.stop());
          assertFalse(flows(rig, Node.BRIDGE).contains("cookie=0x51"), "the old one is released");
          assertEquals(
              "{}", rig.node().vsctl("get", "bridge", Node.BRIDGE, "external_ids").strip());
        });
  }

  @Test
  void aMoveThatACrashInterruptsEndsAtTheNextStart() throws IOException {
    with(
        keys("uplinkPorts", ""),
        rig -> {},
        rig -> {
          PolicedLoad load = PolicedLoad.start(rig);
          addBridge(rig, "br1");
          rig.configure(keys("uplinkPorts", "", "bridge", "br1"));
          rig.await(() -> rig.problems().contains("waits for the pods that are still on the old"));
          rig.crash();
          movePorts(rig, Node.BRIDGE, "br1");
          Rig.sleep(300);
          assertTrue(flows(rig, Node.BRIDGE).contains("cookie=0x51"), "left by the crash");
          rig.begin(keys("uplinkPorts", "", "bridge", "br1"));
          rig.resume();
          rig.await(() -> !flows(rig, Node.BRIDGE).contains("cookie=0x51"));
          rig.await(() -> rig.datapath().status().problems().isEmpty());
          Rig.sleep(500);
          System.out.println("bridge, with a crash in between: " + load.stop());
          // And the other way round: who does not go on takes the new one back.
          addBridge(rig, "br2");
          rig.configure(keys("uplinkPorts", "", "bridge", "br2"));
          rig.await(() -> rig.problems().contains("waits for the pods that are still on the old"));
          rig.crash();
          rig.begin(keys("uplinkPorts", "", "bridge", "br1"));
          rig.resume();
          rig.await(() -> !flows(rig, "br2").contains("cookie=0x51"));
          assertTrue(flows(rig, "br1").contains("cookie=0x51"));
        });
  }
}
