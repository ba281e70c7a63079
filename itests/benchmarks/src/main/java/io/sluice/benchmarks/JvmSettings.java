package io.sluice.benchmarks;

import io.sluice.lab.agent.Agent;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How soon the agent of the unpacked distribution has everything compiled, and how much memory it
 * has then, by options of its JVM: 2,000 pods and 200 policies from files, in memory. Needs {@code
 * make dist}.
 */
final class JvmSettings {
  private static final int STARTS = 3;
  private static final int PODS = 2_000;
  private static final int POLICIES = 200;
  private static final String TRAINED = "-XX:AOTCache=";
  private static final String TRAINED_BY = "-XX:AOTCacheOutput=";

  /** What every variant has. */
  private static final List<String> COMMON =
      List.of(
          "-Xms32m",
          "-XX:+ExitOnOutOfMemoryError",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private static final String SHIPPED =
      "-Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+UseStringDeduplication";

  private final String variant;

  JvmSettings(String variant) {
    this.variant = variant;
  }

  /** What is compared, the shipped choice first. */
  static List<String> variants() {
    return List.of(
        SHIPPED,
        SHIPPED.replace(" -XX:+UseCompactObjectHeaders", " -XX:-UseCompactObjectHeaders"),
        SHIPPED.replace("Serial", "Parallel"),
        SHIPPED.replace("Serial", "G1"),
        SHIPPED.replace("Serial", "Z"),
        SHIPPED.replace("256m", "128m"),
        SHIPPED.replace("256m", "1g"),
        SHIPPED + " -XX:TieredStopAtLevel=1",
        SHIPPED + " " + TRAINED);
  }

  /** Measures and prints. */
  void run() throws IOException {
    Path folder = Files.createTempDirectory("sluice-jvm");
    try {
      Path manifests = Files.createDirectory(folder.resolve("manifests"));
      Files.writeString(manifests.resolve("cluster.yaml"), cluster());
      String options = variant;
      if (variant.endsWith(TRAINED)) {
        Path cache = folder.resolve("aot");
        start(folder.resolve("t"), manifests, variant.replace(TRAINED, TRAINED_BY + cache));
        options = variant + cache;
      }
      double[] seconds = new double[STARTS];
      double[] megabytes = new double[STARTS];
      for (int i = 0; i < STARTS; i++) {
        double[] measured = start(folder.resolve("a" + i), manifests, options);
        seconds[i] = measured[0];
        megabytes[i] = measured[1];
      }
      Arrays.sort(seconds);
      Arrays.sort(megabytes);
      System.out.printf(
          Locale.ROOT,
          "JVM %s: %d pods settled after %.1f s (%.1f-%.1f), RSS %.0f MB (%.0f-%.0f)%n",
          variant,
          PODS,
          seconds[STARTS / 2],
          seconds[0],
          seconds[STARTS - 1],
          megabytes[STARTS / 2],
          megabytes[0],
          megabytes[STARTS - 1]);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Seconds until everything is compiled, and megabytes then. */
  private static double[] start(Path folder, Path manifests, String options) throws IOException {
    Map<String, String> settings =
        Map.of(
            "io.sluice.node", "name = node-0\n",
            "io.sluice.metrics", "port = 0\n",
            "io.sluice.source.files", "directory = " + manifests + "\n");
    Agent agent =
        new Agent(
            new Distribution(ApiServerAgent.home()),
            Files.createDirectory(folder),
            settings,
            (command, log) ->
                new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start());
    Files.writeString(
        agent.conf().resolve("jvm.options"),
        String.join("\n", COMMON) + "\n" + options.replace(' ', '\n') + "\n");
    long begin = System.nanoTime();
    agent.start();
    try {
      agent.settle();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new double[] {seconds, resident(agent.pid())};
    } finally {
      agent.stop();
    }
  }

  private static double resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static String cluster() {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
    for (int i = 0; i < PODS; i++) {
      String address = "10.0." + i / 250 + "." + (i % 250 + 1);
      text.append("---\napiVersion: v1\nkind: Pod\nmetadata: {namespace: shop, name: p" + i)
          .append(", uid: u" + i + ", labels: {app: a" + i % POLICIES + "}}\n")
          .append("spec: {nodeName: node-" + i / 100 + "}\n")
          .append("status: {phase: Running, podIP: " + address)
          .append(", podIPs: [{ip: " + address + "}]}\n");
    }
    for (int i = 0; i < POLICIES; i++) {
      text.append("---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n")
          .append("metadata: {namespace: shop, name: n" + i + "}\n")
          .append("spec: {podSelector: {matchLabels: {app: a" + i + "}}, policyTypes: [Ingress]")
          .append(", ingress: [{from: [{podSelector: {matchLabels: {app: a")
          .append((i + 1) % POLICIES + "}}}]}]}\n");
    }
    return text.toString();
  }
}
