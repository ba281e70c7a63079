package io.sluice.benchmarks;

import io.sluice.apiserver.ApiServer;
import io.sluice.apiserver.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The agent of the unpacked distribution, which follows an API server: how long it takes from its
 * start until every object is read and compiled, and how much memory it has then. Needs {@code make
 * dist}, and a JDK's {@code jcmd}.
 */
final class ApiServerAgent {
  private static final Path HOME = Path.of("distribution/target/sluice");
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

  private final int pods;
  private final int starts;
  private final String heap;

  ApiServerAgent(int pods) {
    this.pods = pods;
    starts = pods > 50_000 ? 2 : 5;
    heap = pods > 50_000 ? "1g" : "256m";
  }

  /** Measures and prints. */
  void run() throws IOException, InterruptedException {
    Path home = home();
    Path folder = Files.createTempDirectory("sluice-bench");
    ServerOptions options = ServerOptions.EMPTY.generating(pods, 1).within("2g");
    try (ApiServer server = ApiServer.start(folder.resolve("server"), options)) {
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < starts; i++) {
        seconds.add(start(home, folder.resolve("agent-" + i), server, i == starts - 1));
      }
      Collections.sort(seconds);
      System.out.printf(
          Locale.ROOT,
          "S2 %d pods: start to in force p50 %.1f s, max %.1f s of %d starts, heap limit %s%n",
          pods,
          seconds.get(seconds.size() / 2),
          seconds.getLast(),
          starts,
          heap);
    } finally {
      delete(folder);
    }
  }

  static Path home() {
    for (Path home : List.of(HOME, Path.of("../..").resolve(HOME))) {
      if (Files.isDirectory(home)) {
        return home.toAbsolutePath().normalize();
      }
    }
    throw new IllegalStateException("no " + HOME + ": run 'make dist' first");
  }

  private double start(Path home, Path folder, ApiServer server, boolean last)
      throws IOException, InterruptedException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    for (String file : List.of("logging.properties", "jvm.options", "io.sluice.engine.cfg")) {
      Files.copy(home.resolve("config").resolve(file), conf.resolve(file));
    }
    Files.writeString(conf.resolve("io.sluice.node.cfg"), "name = node-0\n");
    Files.writeString(
        conf.resolve("io.sluice.source.kubernetes.cfg"), "kubeconfig = " + server.kubeconfig());
    List<String> command =
        List.of(
            home.resolve("bin/sluice").toString(),
            "run",
            "--conf",
            conf.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--run",
            folder.resolve("run").toString());
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("SLUICE_JAVA_OPTS", "-Xmx" + heap);
    long begin = System.nanoTime();
    Process agent = builder.start();
    try {
      while (!Files.readString(log).contains("in force for the first time")) {
        if (!agent.isAlive() || System.nanoTime() - begin > PATIENCE) {
          throw new IllegalStateException(
              "the agent does not get there:\n" + Files.readString(log));
        }
        Thread.sleep(2);
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (last) {
        memory(agent.pid(), exec(home, folder, "sluice:status"));
      }
      return seconds;
    } finally {
      agent.destroy();
      if (!agent.waitFor(30, TimeUnit.SECONDS)) {
        agent.destroyForcibly();
      }
    }
  }

  private static String exec(Path home, Path folder, String command)
      throws IOException, InterruptedException {
    return output(
        home.resolve("bin/sluice").toString(),
        "exec",
        "--run",
        folder.resolve("run").toString(),
        command);
  }

  private void memory(long pid, String status) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String agent = Long.toString(pid);
    output(jcmd, agent, "GC.run");
    String heapInfo = output(jcmd, agent, "GC.heap_info");
    String rss =
        Files.readAllLines(Path.of("/proc", agent, "status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElse("");
    System.out.printf(
        "S2 %d pods: %s; after a full collection:%n%s", pods, rss, heapInfo.indent(2));
    status.lines().filter(line -> line.contains("kubernetes")).forEach(System.out::println);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
