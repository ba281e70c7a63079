package io.sluice.datapath.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.kit.Stages;
import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.Probe;
import io.sluice.lab.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bridges that are not Sluice's own, ports that are bound late, keys that change. */
@SuppressWarnings("NullAway.Init")
class RefusalTest {
  private Lab lab;
  private Node node;
  private Pod a;
  private Pod b;
  private OvsDatapath datapath;
  private final Scene scene =
      new Scene("10.244.0.1").pod("a", "10.244.0.10").pod("b", "10.244.0.11");

  @BeforeEach
  void begin() throws Exception {
    lab = Lab.create();
    node = lab.node("n1", List.of("10.244.0.1"));
    List<Pod> pods =
        node.addPods(
            List.of(
                PodSpec.of("shop", "a", "10.244.0.10"), PodSpec.of("shop", "b", "10.244.0.11")));
    a = pods.get(0);
    b = pods.get(1);
  }

  @AfterEach
  void end() {
    if (datapath != null) {
      datapath.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  private Map<String, Object> keys(String... more) {
    Map<String, Object> keys = new HashMap<>();
    keys.put("bridge", Node.BRIDGE);
    keys.put("socketDirectory", node.socketDirectory().toString());
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    return keys;
  }

  private Outcome probe(Pod to) throws Exception {
    Probe probe = new Probe(a, to.v4(), Transport.TCP, 80);
    return lab.traffic()
        .probe(List.of(probe), Duration.ofMillis(600))
        .getOrDefault(probe, Outcome.SILENT);
  }

  @Test
  void refusesABridgeThatWouldFailOpenAndOneThatNothingLeadsInto() throws Exception {
    datapath = new OvsDatapath(keys());
    Throwable refused = Stages.failure(datapath.snapshot(scene.at(1)));
    assertTrue(
        refused.toString().contains("ovs-vsctl set-fail-mode br0 secure"), refused::toString);
    assertEquals(DatapathStatus.State.REFUSED, datapath.status().state());

    node.vsctl("set-fail-mode", Node.BRIDGE, "secure");
    await(() -> datapath.status().state() == DatapathStatus.State.READY);
    refused = Stages.failure(datapath.snapshot(scene.at(2)));
    assertTrue(refused.toString().contains("ovs-ofctl add-flow br0"), refused::toString);
    assertEquals(DatapathStatus.State.REFUSED, datapath.status().state());

    String foreign = "cookie=0x77,table=0,priority=0,actions=goto_table:10";
    node.ofctl("add-flow", foreign);
    node.ofctl("add-flow", "cookie=0x77,table=99,priority=3,tcp,actions=drop");
    Stages.get(datapath.snapshot(scene.at(3)));
    assertEquals(DatapathStatus.State.READY, datapath.status().state());
    assertEquals(Outcome.REFUSED, probe(b));
    Stages.get(datapath.release());
    String left = node.ofctl("dump-flows", "--no-stats");
    assertEquals(2, left.lines().filter(line -> line.contains("cookie=0x77")).count());
    assertEquals(2, left.lines().filter(line -> line.contains("cookie")).count());
  }

  @Test
  void aMacIsLearnedAndAPortWithoutBindingIsDenied() throws Exception {
    node.vsctl("remove", "interface", a.port(), "external_ids", "attached-mac");
    datapath = new OvsDatapath(keys("manageBridge", "true"));
    Stages.get(datapath.snapshot(scene.at(1)));
    assertEquals(1, datapath.status().bindings().size());
    await(() -> probe(b) == Outcome.REFUSED);
    assertTrue(
        String.valueOf(datapath.status().bindings().get(Scene.id("a")))
            .endsWith(a.mac().toString()),
        datapath.status()::toString);

    Pod stranger = node.addOutsider("stranger", "10.244.0.50");
    await(() -> datapath.status().counters().getOrDefault("ports unknown", 0L) == 1);
    assertEquals(Outcome.SILENT, probe(stranger));
    datapath.modified(keys("manageBridge", "true", "unknownPods", "allow"));
    await(() -> probe(stranger) == Outcome.REFUSED);

    // A known pod's address from a port that is not bound to it remains refused.
    node.vsctl("remove", "interface", b.port(), "external_ids", "iface-id");
    await(() -> datapath.status().bindings().size() == 1);
    await(() -> probe(b) == Outcome.SILENT);
    datapath.modified(keys("manageBridge", "true", "zone", "no"));
    await(() -> datapath.status().problems().toString().contains("zone"));
    datapath.modified(keys("manageBridge", "false"));
    await(() -> datapath.status().problems().toString().contains("no flow leads to table 10"));
    assertEquals(DatapathStatus.State.READY, datapath.status().state());
    assertEquals(Outcome.REFUSED, probe(stranger));
    node.ofctl("add-flow", "cookie=0x77,table=0,priority=0,actions=goto_table:10");
    await(() -> datapath.status().detail().contains("from table 10"));
    await(() -> probe(stranger) == Outcome.SILENT);
    assertTrue(node.ofctl("dump-flows").contains("cookie=0x77"), "a flow of another");
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come true within 15 s");
      }
      Thread.sleep(50);
    }
  }
}
