package io.sluice.itests.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.cluster.Cluster;
import io.sluice.lab.Outcome;
import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.RoutedNode;
import io.sluice.lab.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of nftables that is ours, those that are not, and who touches them. */
class TableTest {
  private static final Pattern SET = Pattern.compile("map (ingress4_\\d+)");

  /** What others have on a node. */
  private static final String OTHERS =
      """
      table inet others {
        set addresses { type ipv4_addr; elements = { 10.1.0.12 } }
        chain sluice { ip saddr @addresses counter accept; }
        chain forward { type filter hook forward priority filter; policy accept; jump sluice; }
      }
      table ip sluice {
        chain forward { type filter hook forward priority filter; policy accept; }
      }
      """;

  private static Cluster cluster() throws IOException {
    return PolicedLoad.scene().cluster();
  }

  private static void load(RoutedNode node, String text) throws IOException {
    Path script = Files.writeString(Files.createTempFile("rules", ".nft"), text);
    node.nft("-f", script.toString());
    Files.delete(script);
  }

  private static String others(RoutedNode node) throws IOException {
    return node.nft("-s", "list", "table", "inet", "others")
        + node.nft("-s", "list", "table", "ip", "sluice");
  }

  private static long restored(Rig rig) {
    return rig.datapath().status().counters().getOrDefault("times restored", -1L);
  }

  private static boolean denied(Rig rig) throws IOException {
    Pod friend = rig.pod("shop/friend");
    Probe probe = new Probe(rig.pod("shop/web"), friend.v4(), Transport.TCP, 80);
    return rig.traffic().probe(List.of(probe), Duration.ofMillis(100)).get(probe) == Outcome.SILENT;
  }

  @Test
  void whatOthersDoToItIsNoticedAndRestored() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, cluster(), Set.of())) {
      RoutedNode node = rig.router();
      load(node, OTHERS);
      rig.start(Map.of());
      rig.become(cluster());
      rig.traffic().listen(rig.pod("shop/friend"), Transport.TCP, 80);
      assertTrue(denied(rig));
      String map = name(node.nft("list", "table", "inet", "sluice"));
      List<List<String>> deeds =
          List.of(
              List.of("delete", "element", "inet", "sluice", map, "{ 10.1.0.13 }"),
              List.of("flush", "chain", "inet", "sluice", "forward"),
              List.of("add", "rule", "inet", "sluice", "prerouting", "accept"),
              List.of("delete", "table", "inet", "sluice"),
              List.of("flush", "ruleset"));
      List<Long> took = new ArrayList<>();
      for (List<String> deed : deeds) {
        long before = restored(rig);
        node.nft(deed.toArray(String[]::new));
        long begun = System.nanoTime();
        rig.await(() -> restored(rig) > before);
        took.add((System.nanoTime() - begun) / 1_000_000);
        assertTrue(denied(rig), "after " + deed);
      }
      System.out.println("own table changed by somebody else, restored after ms: " + took);
    }
  }

  private static String name(String table) {
    Matcher matcher = SET.matcher(table);
    assertTrue(matcher.find(), table);
    return matcher.group(1);
  }

  @Test
  void tablesOfOthersStayAsTheyAreAndOursGoesWithoutATrace() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, cluster(), Set.of())) {
      RoutedNode node = rig.router();
      load(node, OTHERS);
      String before = others(node);
      String all = node.nft("-s", "list", "ruleset");
      rig.start(Map.of());
      rig.become(cluster());
      rig.configure(Map.of("deny", "reject"));
      rig.await(() -> rig.datapath().status().detail().contains("rejected"));
      node.nft("add", "element", "inet", "others", "addresses", "{ 10.1.0.99 }");
      node.nft("delete", "element", "inet", "others", "addresses", "{ 10.1.0.99 }");
      Rig.sleep(500);
      assertEquals(0L, restored(rig), "what others do to their tables is no concern of ours");
      rig.crash();
      rig.begin(Map.of("via", "program"));
      rig.resume();
      assertEquals(before, others(node));
      rig.release();
      assertEquals(all, node.nft("-s", "list", "ruleset"));
    }
  }

  @Test
  void aRestartUnderLoadPassesAndLosesNothing() throws IOException {
    try (Rig rig = new Rig(Backend.NFTABLES, cluster(), Set.of())) {
      rig.start(Map.of());
      rig.become(cluster());
      Pod db = rig.pod("shop/db");
      PolicedLoad load = PolicedLoad.start(rig);
      List<LiveStream> streams = new ArrayList<>();
      try {
        for (LiveStream.Kind kind : LiveStream.Kind.values()) {
          int port = 7000 + streams.size();
          streams.add(LiveStream.open(kind, rig.pod("shop/web"), db, db.v4(), port));
        }
        for (String via : List.of("library", "program", "library")) {
          Rig.sleep(300);
          rig.crash();
          Rig.sleep(300);
          rig.begin(Map.of("via", via));
          rig.resume();
        }
        assertEquals(streams, LiveStream.alive(streams));
        System.out.println("three restarts: " + load.stop());
      } finally {
        streams.forEach(LiveStream::close);
      }
    }
  }
}
