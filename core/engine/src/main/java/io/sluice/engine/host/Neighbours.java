package io.sluice.engine.host;

import io.sluice.api.control.Finding;
import io.sluice.api.control.Finding.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Other policy engines on this node, by the traces they leave in netfilter, among the interfaces
 * and in Open vSwitch. Reads only. What can't be read is said to be unknown, never absent.
 */
final class Neighbours implements Supplier<List<Finding>> {
  private static final long PATIENCE_SECONDS = 3;
  private static final int LONGEST = 8 << 20;
  private static final int SHOWN = 3;
  private static final Path SWITCH = Path.of("/var/run/openvswitch/db.sock");
  private static final Path LEGACY = Path.of("/proc/net/ip_tables_names");

  private static final List<String> NFT = List.of("nft", "list", "chains");
  private static final List<String> IPTABLES = List.of("iptables-legacy-save");

  private static final List<String> BRIDGES =
      List.of(
          "ovs-vsctl",
          "--timeout=2",
          "--no-headings",
          "--columns=name,external_ids",
          "list",
          "Bridge");

  /** A chain or table, in the output of nft or of iptables-save. */
  private static final Pattern CHAIN =
      Pattern.compile("(?m)^\\s*(?:chain|table \\w+|:)\\s*([\\w.-]+)");

  private static final Map<String, Pattern> CHAINS =
      Map.of(
          "Calico", Pattern.compile("cali-.*|calico"),
          "kube-router", Pattern.compile("KUBE-NWPLCY.*|KUBE-POD-FW.*"),
          "Cilium", Pattern.compile("(OLD_)?CILIUM_.*"),
          "Weave Net", Pattern.compile("WEAVE-NPC.*"),
          "Antrea", Pattern.compile("ANTREA-.*"),
          "kube-network-policies", Pattern.compile("kube-network-policies|kindnet-network-.*"));

  private static final Map<String, Pattern> INTERFACES =
      Map.of(
          "Calico", Pattern.compile("cali[0-9a-f]{11}|vxlan\\.calico"),
          "Cilium", Pattern.compile("cilium_(host|net|vxlan)"),
          "Antrea", Pattern.compile("antrea-gw0"),
          "OVN-Kubernetes", Pattern.compile("ovn-k8s-mp0"));

  private static final Map<String, Pattern> SWITCHES =
      Map.of(
          "OVN", Pattern.compile("(?i)br-int\\b.*ovn.*"),
          "Antrea", Pattern.compile("(?i)br-int\\b.*antrea.*"));

  /** What a program wrote; null if it could not be run, or failed. */
  private final Function<List<String>, @Nullable String> programs;

  private final Supplier<List<String>> interfaces;
  private final Function<Path, Boolean> exists;

  Neighbours(
      Function<List<String>, @Nullable String> programs,
      Supplier<List<String>> interfaces,
      Function<Path, Boolean> exists) {
    this.programs = programs;
    this.interfaces = interfaces;
    this.exists = exists;
  }

  /** Those of this host. */
  static Neighbours ofHost() {
    return new Neighbours(Neighbours::run, Neighbours::names, Neighbours::holdsSomething);
  }

  @Override
  public List<Finding> get() {
    Map<String, List<String>> evidence = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    filters(evidence, findings);
    look("interface ", interfaces.get().stream(), INTERFACES, evidence);
    bridges(evidence, findings);
    evidence.forEach((engine, traces) -> findings.add(active(engine, traces)));
    return findings;
  }

  private void filters(Map<String, List<String>> evidence, List<Finding> findings) {
    List<List<String>> listings = exists.apply(LEGACY) ? List.of(NFT, IPTABLES) : List.of(NFT);
    for (List<String> listing : listings) {
      String text = programs.apply(listing);
      if (text == null) {
        findings.add(unknown("netfilter", listing));
      } else {
        look(
            "chain ", CHAIN.matcher(text).results().map(found -> found.group(1)), CHAINS, evidence);
      }
    }
  }

  private void bridges(Map<String, List<String>> evidence, List<Finding> findings) {
    if (!exists.apply(SWITCH)) {
      return;
    }
    String text = programs.apply(BRIDGES);
    if (text == null) {
      findings.add(unknown("Open vSwitch", BRIDGES));
    } else {
      look("bridge ", text.replace("\"", "").lines(), SWITCHES, evidence);
    }
  }

  private static void look(
      String what,
      Stream<String> names,
      Map<String, Pattern> traces,
      Map<String, List<String>> evidence) {
    for (String name : new TreeSet<>(names.toList())) {
      traces.forEach(
          (engine, trace) -> {
            Matcher matcher = trace.matcher(name);
            if (matcher.matches()) {
              evidence
                  .computeIfAbsent(engine, key -> new ArrayList<>())
                  .add(what + name.split(" ", 2)[0]);
            }
          });
    }
  }

  private static Finding active(String engine, List<String> traces) {
    List<String> shown = traces.subList(0, Math.min(SHOWN, traces.size()));
    return new Finding(
        "other-engine",
        Severity.WARNING,
        "Node/" + engine,
        "",
        engine
            + " has left traces on this node ("
            + String.join(", ", shown)
            + (traces.size() > SHOWN ? ", and " + (traces.size() - SHOWN) + " more" : "")
            + "): if it enforces policies too, a packet has to pass both engines",
        "switch its policies off, or remove it and what it has left behind");
  }

  private static Finding unknown(String what, List<String> command) {
    return new Finding(
        "other-engine-unknown",
        Severity.HINT,
        "Node/" + what.replace(" ", "-"),
        "",
        "whether another policy engine is active in "
            + what
            + " is unknown: '"
            + String.join(" ", command)
            + "' could not be run or failed",
        "install the program, or give the agent the capability CAP_NET_ADMIN");
  }

  private static boolean holdsSomething(Path path) {
    if (path.equals(LEGACY)) {
      try {
        return !Files.readString(path).isBlank();
      } catch (IOException e) {
        // The kernel has no such tables.
        return false;
      }
    }
    return Files.exists(path);
  }

  private static List<String> names() {
    try {
      return NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static @Nullable String run(List<String> command) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException e) {
      return null;
    }
    // One that hangs is ended, which also ends the reading.
    CompletableFuture<Process> unused =
        process
            .onExit()
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .whenComplete(
                (ended, late) -> {
                  if (late != null) {
                    process.destroyForcibly();
                  }
                });
    try (InputStream output = process.getInputStream()) {
      byte[] text = output.readNBytes(LONGEST);
      return process.waitFor() == 0 ? new String(text, StandardCharsets.UTF_8) : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
