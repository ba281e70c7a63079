package io.sluice.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything that a switch holds, without what moves by itself, to be compared with later. */
public final class SwitchPicture {
  private static final List<String> TABLES =
      List.of(
          "Open_vSwitch",
          "Bridge",
          "Port",
          "Interface",
          "Flow_Table",
          "QoS",
          "Queue",
          "Mirror",
          "Controller",
          "Manager",
          "NetFlow",
          "SSL",
          "sFlow",
          "IPFIX",
          "Flow_Sample_Collector_Set",
          "AutoAttach",
          "Datapath",
          "CT_Zone",
          "CT_Timeout_Policy");

  /** Counters, and the numbers of the changes that ovs-vsctl itself makes. */
  private static final Set<String> VOLATILE =
      Set.of(
          "statistics",
          "rstp_statistics",
          "next_cfg",
          "cur_cfg",
          "link_resets",
          "status",
          "cpu_count",
          "rstp_status");

  private SwitchPicture() {}

  /** Takes it: every kind of content by name. */
  public static Map<String, List<String>> take(Node node, int zone) throws IOException {
    Map<String, List<String>> picture = new TreeMap<>();
    for (String table : TABLES) {
      picture.put(
          table,
          lines(
              node.vsctl("list", table),
              line -> !VOLATILE.contains(line.replaceFirst("\\s*:.*", ""))));
    }
    picture.put("flows", flows(node));
    picture.put("groups", lines(node.ofctl("dump-groups"), line -> line.contains("group_id")));
    picture.put("meters", lines(node.ofctl("dump-meters"), line -> line.contains("meter=")));
    picture.put(
        "connections", lines(node.appctl("dpctl/dump-conntrack", "zone=" + zone), line -> true));
    return picture;
  }

  /** The flows, one a line. */
  public static List<String> flows(Node node) throws IOException {
    return lines(node.ofctl("dump-flows", "--no-stats"), line -> line.contains("actions="));
  }

  private static List<String> lines(String text, Predicate<String> wanted) {
    List<String> lines = new ArrayList<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(wanted)
        .forEach(lines::add);
    lines.sort(null);
    return lines;
  }
}
