package io.sluice.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a lab needs of the machine. */
public final class Requirements {
  private static final Map<String, String> PACKAGES =
      Map.of(
          "ovs-vswitchd", "openvswitch-switch",
          "ovsdb-server", "openvswitch-switch",
          "ovs-vsctl", "openvswitch-switch",
          "ip", "iproute2",
          "ethtool", "ethtool",
          "nft", "nftables");

  private Requirements() {}

  /** What is missing and what to do about it; empty if a lab can run. */
  public static Optional<String> missing() {
    List<String> packages =
        PACKAGES.entrySet().stream()
            .filter(tool -> !installed(tool.getKey()))
            .map(Map.Entry::getValue)
            .distinct()
            .sorted()
            .toList();
    if (!packages.isEmpty()) {
      return Optional.of(
          "the lab needs "
              + String.join(", ", packages)
              + ": apt-get install "
              + String.join(" ", packages));
    }
    if (!Libc.isRoot()) {
      return Optional.of("the lab makes network namespaces and needs root: run it with sudo");
    }
    return Optional.empty();
  }

  private static boolean installed(String tool) {
    List<Path> directories = new ArrayList<>();
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      directories.add(Path.of(directory));
    }
    directories.addAll(List.of(Path.of("/usr/sbin"), Path.of("/sbin"), Path.of("/usr/bin")));
    return directories.stream().anyMatch(d -> Files.isExecutable(d.resolve(tool)));
  }
}
