package io.sluice.benchmarks;

import io.sluice.lab.Lab;
import io.sluice.lab.Node;
import io.sluice.lab.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The distribution is started while its manifests are away: timed from the start of the process to
 * the first revision in force on a real switch, from the durable copy that a run before has left.
 * The system property {@code sluice.distribution} names another distribution than the one that was
 * built.
 */
final class CopyStart {
  private static final int LOCAL = 10;
  private static final int NAMESPACES = 100;
  private static final int POLICIES = 10;
  private static final int STARTS = 10;
  private static final int PATIENCE_SECONDS = 120;
  private static final String IN_FORCE = "in force for the first time";
  private static final String FROM_COPY = "from the durable copy";

  private final int pods;
  private final Path home =
      Path.of(System.getProperty("sluice.distribution", "../../distribution/target/sluice"))
          .toAbsolutePath()
          .normalize();

  /**
   * A measurement.
   *
   * @param pods how many pods there are in the cluster
   */
  CopyStart(int pods) {
    this.pods = pods;
  }

  /** Makes the switch, measures and prints; removes everything. */
  void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sluice-s1");
    try (Lab lab = Lab.create()) {
      Node node = lab.node("n1", List.of("192.0.2.1"));
      List<PodSpec> local = new ArrayList<>();
      for (int i = 0; i < LOCAL; i++) {
        local.add(PodSpec.of("ns-" + i, "pod-" + i, address(i)));
      }
      node.addPods(local);
      Path manifests = Files.createDirectories(folder.resolve("manifests"));
      for (int namespace = 0; namespace < NAMESPACES; namespace++) {
        Files.writeString(manifests.resolve("ns-" + namespace + ".yaml"), namespace(namespace));
      }
      configure(folder, node, manifests);
      start(folder, IN_FORCE, 1);
      Files.move(manifests, folder.resolve("away"));
      print(folder, start(folder, FROM_COPY, STARTS));
    } finally {
      delete(folder);
    }
  }

  private String namespace(int number) {
    String name = "ns-" + number;
    StringBuilder text = new StringBuilder();
    text.append("{apiVersion: v1, kind: Namespace, metadata: {name: ").append(name).append("}}\n");
    for (int pod = number; pod < pods; pod += NAMESPACES) {
      text.append("---\n")
          .append(
              String.format(
                  Locale.ROOT,
                  "{apiVersion: v1, kind: Pod, metadata: {name: pod-%d, namespace: %s, uid:"
                      + " 6f1c0000-0000-4000-8000-%012d, labels: {app: app-%d, release: stable,"
                      + " pod-template-hash: \"%08x\"}}, spec: {nodeName: %s, containers: [{name:"
                      + " main, image: example.com/main, ports: [{name: http, containerPort:"
                      + " 8080}]}]}, status: {phase: Running, podIP: %s, podIPs: [{ip: %s}],"
                      + " startTime: \"2026-01-01T00:00:00Z\"}}%n",
                  pod,
                  name,
                  pod,
                  pod / NAMESPACES % POLICIES,
                  pod,
                  pod < LOCAL ? "here" : "node-" + pod % 90,
                  address(pod),
                  address(pod)));
    }
    for (int policy = 0; policy < POLICIES; policy++) {
      text.append("---\n")
          .append(
              String.format(
                  Locale.ROOT,
                  "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p-%d,"
                      + " namespace: %s}, spec: {podSelector: {matchLabels: {app: app-%d}},"
                      + " policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels:"
                      + " {release: stable}}}], ports: [{port: http}]}]}}%n",
                  policy,
                  name,
                  policy));
    }
    return text.toString();
  }

  private static String address(int pod) {
    return "10." + (16 + pod / 62_500) + "." + pod / 250 % 250 + "." + (pod % 250 + 1);
  }

  private void configure(Path folder, Node node, Path manifests) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    try (Stream<Path> shipped = Files.list(home.resolve("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, conf.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(conf.resolve("io.sluice.node.cfg"), "name = here\n");
    Files.writeString(
        conf.resolve("io.sluice.source.files.cfg"), "directory = " + manifests + "\n");
    Files.writeString(
        conf.resolve("io.sluice.datapath.ovs.cfg"),
        "bridge = "
            + Node.BRIDGE
            + "\nsocketDirectory = "
            + node.socketDirectory()
            + "\nmanageBridge = true\n");
  }

  /** Starts the agent, waits until it says something, stops it; the times in milliseconds. */
  private long[] start(Path folder, String words, int times)
      throws IOException, InterruptedException {
    long[] millis = new long[times];
    for (int i = 0; i < times; i++) {
      Path log = folder.resolve("log");
      Files.deleteIfExists(log);
      long begin = System.nanoTime();
      Process agent =
          new ProcessBuilder(
                  home.resolve("bin/sluice").toString(),
                  "run",
                  "--conf",
                  folder.resolve("conf").toString(),
                  "--data",
                  folder.resolve("data").toString(),
                  "--run",
                  folder.resolve("run").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        while (!Files.readString(log).contains(words)) {
          if (!agent.isAlive()
              || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            throw new IllegalStateException("no '" + words + "':\n" + Files.readString(log));
          }
          Thread.sleep(2);
        }
        millis[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      } finally {
        agent.destroy();
        if (!agent.waitFor(30, TimeUnit.SECONDS)) {
          agent.destroyForcibly();
        }
      }
    }
    return millis;
  }

  private void print(Path folder, long[] millis) throws IOException {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "S1 %d pods, %d policies: start to in force from the durable copy, p50 %d ms, min %d ms,"
            + " max %d ms of %d starts; the copy has %.2f MB (labels) and %.2f MB (policies)%n",
        pods,
        NAMESPACES * POLICIES,
        millis[millis.length / 2],
        millis[0],
        millis[millis.length - 1],
        millis.length,
        Files.size(folder.resolve("data/copy/labels.mv")) / 1e6,
        Files.size(folder.resolve("data/copy/policies.mv")) / 1e6);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
