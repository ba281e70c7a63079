package io.sluice.launcher.support;

import io.sluice.launcher.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What is in the switch and in the kernel, read past the agent: the flows with Sluice's cookies,
 * and Sluice's own table. Only of datapaths that are configured.
 */
final class DatapathSection implements Section {
  private static final String OVS = "io.sluice.datapath.ovs.cfg";
  private static final String NFTABLES = "io.sluice.datapath.nftables.cfg";

  /** The cookies of flows that are set, and of those that the switch learns. */
  private static final List<String> COOKIES =
      List.of("0x51ce000000000000/0xffff000000000000", "0x51cf000000000000/0xffff000000000000");

  private final Folders folders;

  DatapathSection(Folders folders) {
    this.folders = folders;
  }

  @Override
  public void collect(Bundle bundle) throws IOException {
    Properties ovs = settings(OVS);
    Path sockets = Path.of(ovs.getProperty("socketDirectory", "/var/run/openvswitch").strip());
    String bridge = ovs.getProperty("bridge");
    if (bridge != null) {
      bridge(bundle, sockets, bridge.strip());
    }
    if (Files.exists(folders.conf().resolve(NFTABLES))) {
      String table = settings(NFTABLES).getProperty("table", "sluice").strip();
      program(bundle, "nftables", "nft", "list", "table", "inet", table);
      program(bundle, "nftables-tables", "nft", "list", "tables");
    }
  }

  private Properties settings(String file) throws IOException {
    Properties properties = new Properties();
    Path path = folders.conf().resolve(file);
    if (Files.exists(path)) {
      try (InputStream in = Files.newInputStream(path)) {
        properties.load(in);
      }
    }
    return properties;
  }

  private static void bridge(Bundle bundle, Path sockets, String bridge) throws IOException {
    String management = "unix:" + sockets.resolve(bridge + ".mgmt");
    for (int i = 0; i < COOKIES.size(); i++) {
      program(
          bundle,
          i == 0 ? "ovs-flows" : "ovs-flows-learned",
          "ovs-ofctl",
          "-OOpenFlow15",
          "dump-flows",
          management,
          "cookie=" + COOKIES.get(i));
    }
    program(bundle, "ovs-ports", "ovs-ofctl", "-OOpenFlow15", "dump-ports-desc", management);
    String database = "--db=unix:" + sockets.resolve("db.sock");
    for (String[] command :
        new String[][] {
          {"show"},
          {"list", "bridge", bridge},
          {"list", "interface"},
          {"get", "open_vswitch", ".", "ovs_version"}
        }) {
      String[] line = new String[command.length + 3];
      line[0] = "ovs-vsctl";
      line[1] = "--timeout=10";
      line[2] = database;
      System.arraycopy(command, 0, line, 3, command.length);
      program(bundle, "ovs-" + command[0] + (command.length > 1 ? "-" + command[1] : ""), line);
    }
  }

  private static void program(Bundle bundle, String name, String... command) throws IOException {
    bundle.add("datapath/" + name + ".txt", () -> Programs.run(List.of(command)));
  }
}
