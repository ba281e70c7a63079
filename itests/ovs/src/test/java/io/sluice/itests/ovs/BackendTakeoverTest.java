package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.Pod;
import io.sluice.lab.PodSpec;
import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Answer;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * From Open vSwitch to nftables and back, while the distribution runs and packets flow. The pods'
 * packets go through the switch to the node, are routed there, and go through the switch again, so
 * that both backends see them; but only the operator can say so, and until then the change is
 * refused.
 */
class BackendTakeoverTest {
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("sluice.distribution", "../../distribution/target/sluice"));
  private static final String NFTABLES = "io.sluice.datapath.nftables";

  @Test
  void eitherTakesOverFromTheOther() throws IOException {
    try (Lab lab = Lab.create()) {
      Node node = lab.node("n1", List.of(Scenes.NODE_V4, Scenes.NODE_V6));
      List<Pod> pods =
          node.addRoutedPods(
              List.of(
                  PodSpec.of("shop", "web", "10.1.0.11", "fd00:1::11"),
                  PodSpec.of("shop", "db", "10.1.0.12", "fd00:1::12"),
                  PodSpec.of("shop", "friend", "10.1.0.13", "fd00:1::13"),
                  PodSpec.of("lan", "mallory", "10.1.0.66", "fd00:1::66")));
      Pod web = pods.get(0);
      Pod db = pods.get(1);
      try (Agent agent = agent(node)) {
        agent.start();
        agent.settle();
        PolicedLoad load = PolicedLoad.start(lab.traffic(), web, db, pods.get(2));
        List<LiveStream> streams = streams(web, db);
        try {
          Answer refused = agent.ask("sluice:datapath use nftables");
          assertNotEquals(0, refused.status(), refused.text());
          assertTrue(refused.text().contains("lan/mallory and 3 more"), refused.text());
          assertTrue(refused.text().contains("pods behind br0 may reach"), refused.text());
          assertEquals("", table(node), "the one that was refused has left nothing");
          assertTrue(flows(node).contains("conj"), "the old one stays");

          agent.configure(NFTABLES, "routedInterfaces = br0\n");
          use(agent, "nftables");
          assertTrue(table(node).contains("10.1.0.11"), "it programs");
          assertFalse(flows(node).contains("conj"), "the old one is released");
          count("on nftables", streams);
          use(agent, "ovs");
          assertEquals("", table(node), "released in turn");
          assertTrue(flows(node).contains("conj"));
          count("on Open vSwitch again", streams);
        } finally {
          streams.forEach(LiveStream::close);
        }
        System.out.println("Open vSwitch to nftables and back: " + load.stop());
      }
    }
  }

  /** Waits for the configuration to have been read, which is all that can be refused for now. */
  private static void use(Agent agent, String datapath) throws IOException {
    Answer answer = agent.ask("sluice:datapath use " + datapath);
    for (int i = 0; i < 100 && answer.status() != 0; i++) {
      Rig.sleep(50);
      answer = agent.ask("sluice:datapath use " + datapath);
    }
    assertEquals(0, answer.status(), answer.text());
    System.out.print(answer.text());
  }

  /** A backend does not know the connections that it has not seen begin ({@code pickup}). */
  private static void count(String when, List<LiveStream> streams) {
    Rig.sleep(500);
    System.out.printf(
        "%s %d of %d streams go on%n", when, LiveStream.alive(streams).size(), streams.size());
  }

  private static List<LiveStream> streams(Pod from, Pod to) throws IOException {
    List<LiveStream> streams = new ArrayList<>();
    int port = 7000;
    for (InetAddress address : List.of(to.v4(), to.v6())) {
      for (LiveStream.Kind kind : LiveStream.Kind.values()) {
        streams.add(LiveStream.open(kind, from, to, address, port++));
      }
    }
    assertEquals(streams, LiveStream.alive(streams));
    return streams;
  }

  private static String table(Node node) throws IOException {
    return node.namespace().run("nft", "list", "ruleset");
  }

  private static String flows(Node node) throws IOException {
    return node.ofctl("dump-flows", "--no-stats");
  }

  private static Agent agent(Node node) throws IOException {
    Path folder = Files.createDirectories(node.socketDirectory().resolveSibling("agent"));
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    Files.writeString(manifests.resolve("cluster.yaml"), PolicedLoad.scene().text());
    return new Agent(
        new Distribution(DISTRIBUTION),
        folder,
        Map.of(
            "io.sluice.node",
            "name = " + Manifests.NODE + "\n",
            "io.sluice.engine",
            "datapath = ovs\n",
            "io.sluice.source.files",
            "directory = " + manifests + "\n",
            NFTABLES,
            "table = sluice\n",
            "io.sluice.datapath.ovs",
            "bridge = "
                + Node.BRIDGE
                + "\nsocketDirectory = "
                + node.socketDirectory()
                + "\nmanageBridge = true\n"),
        (command, log) -> node.namespace().start(command, Map.of(), log));
  }
}
