package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Node;
import io.sluice.lab.SwitchPicture;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was the switch's before is so after release; and what others have put there stays. */
class ReleaseTest {
  private static final int ZONE = 2779;

  private static Map<String, String> keys(boolean managed) {
    return Map.of("manageBridge", Boolean.toString(managed), "zone", Integer.toString(ZONE));
  }

  /** What others have there. */
  private static void furnish(Node node, boolean managed) throws IOException {
    if (!managed) {
      // Where fail_mode changes, the switch itself forgets these.
      node.ofctl("add-meter", "meter=7,pktps,band=type=drop,rate=99");
      node.ofctl("add-group", "group_id=3,type=all,bucket=actions=output:1");
    }
    String does = managed ? "resubmit(,100)" : "meter:7,group:3";
    node.ofctl("add-flow", "cookie=0x77,table=99,priority=3,ip,nw_dst=10.9.9.9,actions=" + does);
    node.ofctl(
        "add-flow", "cookie=0x78,table=98,priority=5,tcp,tp_dst=5,actions=ct(commit,zone=9)");
    node.vsctl(
        "set",
        "bridge",
        Node.BRIDGE,
        "external_ids:others=stay",
        "flow_tables:99=@t",
        "--",
        "--id=@t",
        "create",
        "flow_table",
        "name=others");
  }

  /** Installs, crashes, and releases from a datapath that has done nothing before. */
  private static void comesBack(boolean managed) throws IOException {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      Node node = rig.node();
      node.ofctl("del-flows");
      if (managed) {
        // As a switch is that nobody has set up.
        node.vsctl("set-fail-mode", Node.BRIDGE, "secure");
        node.vsctl("del-fail-mode", Node.BRIDGE);
        rig.await(() -> node.ofctl("dump-flows").contains("NORMAL"));
      } else {
        node.vsctl("set-fail-mode", Node.BRIDGE, "secure");
        node.ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=goto_table:10");
      }
      furnish(node, managed);
      Map<String, List<String>> before = SwitchPicture.take(node, ZONE);
      rig.begin(keys(managed));
      rig.become(cluster);
      PolicedLoad load = PolicedLoad.start(rig);
      Rig.sleep(1200);
      Map<String, List<String>> during = SwitchPicture.take(node, ZONE);
      for (String kind : List.of("flows", "meters", "connections", "Bridge")) {
        assertNotEquals(before.get(kind), during.get(kind), "a test of nothing: " + kind);
      }
      load.stop();
      rig.crash();
      rig.begin(keys(managed));
      rig.release();
      assertSame(before, SwitchPicture.take(node, ZONE));
      Rig.sleep(1500);
      assertSame(before, SwitchPicture.take(node, ZONE));
      rig.resume();
      assertEquals(during.get("Bridge"), SwitchPicture.take(node, ZONE).get("Bridge"));
      rig.release();
      assertSame(before, SwitchPicture.take(node, ZONE));
    }
  }

  private static void assertSame(
      Map<String, List<String>> before, Map<String, List<String>> after) {
    Map<String, String> different = new TreeMap<>();
    before.forEach(
        (kind, lines) -> {
          if (!lines.equals(after.get(kind))) {
            different.put(kind, "before " + lines + "\nafter  " + after.get(kind));
          }
        });
    assertEquals(Map.of(), different);
  }

  @Test
  void aManagedBridgeIsAsItWas() throws IOException {
    comesBack(true);
  }

  @Test
  void aBridgeOfOthersIsAsItWas() throws IOException {
    comesBack(false);
  }

  @Test
  void withoutContactItFailsAndSaysWhatToDo() throws Exception {
    Cluster cluster = PolicedLoad.scene().cluster();
    try (Rig rig = new Rig(cluster, Set.of())) {
      rig.node().killSwitch();
      rig.begin(keys(true));
      ExecutionException failed =
          assertThrows(
              ExecutionException.class,
              () -> rig.datapath().release().toCompletableFuture().get(30, TimeUnit.SECONDS));
      String message = String.valueOf(failed.getMessage()).replaceFirst("^[\\w.]+: ", "");
      assertTrue(
          message.startsWith("release of bridge br0: no contact with bridge")
              && message.contains("start Open vSwitch"),
          message);
    }
  }
}
