package io.sluice.launcher.support;

import io.sluice.launcher.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Versions, and the machine around the agent. */
final class SystemSection implements Section {
  private static final List<String> FILES =
      List.of(
          "/etc/os-release",
          "/proc/version",
          "/proc/loadavg",
          "/proc/meminfo",
          "/proc/sys/net/netfilter/nf_conntrack_count",
          "/proc/sys/net/netfilter/nf_conntrack_max",
          "/proc/sys/net/ipv4/ip_forward",
          "/proc/sys/net/bridge/bridge-nf-call-iptables");

  private static final List<List<String>> PROGRAMS =
      List.of(
          List.of("uname", "-a"),
          List.of("date", "--iso-8601=ns"),
          List.of("ip", "-brief", "link"),
          List.of("ip", "-brief", "address"),
          List.of("ip", "route"),
          List.of("ip", "-6", "route"),
          List.of("ovs-vswitchd", "--version"),
          List.of("nft", "--version"));

  private final Folders folders;
  private final OptionalLong pid;

  SystemSection(Folders folders, OptionalLong pid) {
    this.folders = folders;
    this.pid = pid;
  }

  @Override
  public void collect(Bundle bundle) throws IOException {
    bundle.add(
        "version.txt",
        () ->
            Files.readString(folders.home().resolve("bin/lib/version"))
                + "java "
                + System.getProperty("java.vm.version")
                + "\n");
    for (String file : FILES) {
      bundle.add("system/" + name(file) + ".txt", () -> Files.readString(Path.of(file)));
    }
    for (List<String> program : PROGRAMS) {
      bundle.add("system/" + name(String.join(" ", program)) + ".txt", () -> Programs.run(program));
    }
    bundle.add(
        "system/disk.txt", () -> Programs.run(List.of("df", "-h", folders.data().toString())));
    if (pid.isPresent()) {
      for (String file : List.of("status", "limits", "cgroup", "cmdline")) {
        bundle.add(
            "process/" + file + ".txt",
            () ->
                Files.readString(Path.of("/proc", Long.toString(pid.getAsLong()), file))
                    .replace('\0', '\n'));
      }
    }
  }

  private static String name(String text) {
    return text.replaceFirst("^/(proc|etc)/", "").replaceAll("[^\\w.]+", "-");
  }
}
