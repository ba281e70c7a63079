package io.sluice.itests.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An agent of its own, with folders of its own, whose process ends with the test. */
final class RunningAgent implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Path conf;
  final Path run;
  private final Path log;
  private final Process process;

  private RunningAgent(Path conf, Path run, Path log, Process process) {
    this.conf = conf;
    this.run = run;
    this.log = log;
    this.process = process;
  }

  /** Starts an agent of the distribution that is tested. */
  static RunningAgent start(Path folder, String node, Path manifests)
      throws IOException, InterruptedException {
    return start(Cli.home(), folder, node, manifests);
  }

  /**
   * Starts an agent with the configuration that is shipped.
   *
   * @param home its distribution
   * @param folder where its own folders are made
   * @param node what its node is called
   * @param manifests the directory that it reads
   */
  static RunningAgent start(Path home, Path folder, String node, Path manifests)
      throws IOException, InterruptedException {
    Path conf = shippedConfiguration(folder, node);
    set(conf, "io.sluice.source.files.cfg", "directory = " + manifests);
    return start(home, folder);
  }

  /**
   * Starts an agent that follows an API server instead of manifests.
   *
   * @param folder where its own folders are made
   * @param node what its node is called
   * @param kubeconfig leads to the server
   */
  static RunningAgent following(Path folder, String node, Path kubeconfig)
      throws IOException, InterruptedException {
    Path conf = shippedConfiguration(folder, node);
    Files.delete(conf.resolve("io.sluice.source.files.cfg"));
    set(
        conf,
        "io.sluice.source.kubernetes.cfg",
        "kubeconfig = " + kubeconfig + "\nprobeSeconds = 1\ntimeoutSeconds = 5\nevents = true");
    return start(Cli.home(), folder);
  }

  private static Path shippedConfiguration(Path folder, String node) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    try (Stream<Path> shipped = Files.list(Cli.home().resolve("config"))) {
      for (Path file : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(file, conf.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    set(conf, "io.sluice.node.cfg", "name = " + node);
    // Several agents run on one machine here.
    set(conf, "io.sluice.metrics.cfg", "port = 0");
    return conf;
  }

  /** Starts one again in the folders that an earlier one had, with its configuration. */
  static RunningAgent start(Path home, Path folder) throws IOException, InterruptedException {
    RunningAgent agent = launch(home, folder);
    try {
      agent.awaitLog("Sluice runs");
    } catch (AssertionError e) {
      agent.close();
      throw e;
    }
    return agent;
  }

  /** Launches one, and does not wait until it runs. */
  static RunningAgent launch(Path home, Path folder) throws IOException {
    Path conf = folder.resolve("conf");
    Path run = folder.resolve("run");
    Path log = folder.resolve("log");
    Process process =
        Cli.builder(
                home,
                List.of(
                    "run",
                    "--conf",
                    conf.toString(),
                    "--data",
                    folder.resolve("data").toString(),
                    "--run",
                    run.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new RunningAgent(conf, run, log, process);
  }

  private static void set(Path conf, String file, String text) throws IOException {
    Path next = conf.resolve("." + file);
    Files.writeString(next, text + "\n");
    Files.move(next, conf.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Replaces a file of the running agent's configuration. */
  void configure(String file, String text) throws IOException {
    set(conf, file, text);
  }

  /** Runs a command in the agent. */
  Cli.Result exec(String command) throws IOException, InterruptedException {
    return Cli.run("exec", "--run", run.toString(), command);
  }

  /** Runs a command in the agent until its answer is as wanted. */
  Cli.Result execUntil(String command, Predicate<Cli.Result> wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Cli.Result result = exec(command);
      if (wanted.test(result)) {
        return result;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(command + " still answers " + result + "\n" + log());
      }
      Thread.sleep(200);
    }
  }

  /** Everything that the agent has logged. */
  String log() throws IOException {
    return Files.readString(log);
  }

  private void awaitLog(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!log().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("the agent does not say '" + text + "':\n" + log());
      }
      Thread.sleep(50);
    }
  }

  /** Waits until it has ended by itself; the exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the agent does not end");
    }
    return process.exitValue();
  }

  /** Sends SIGKILL and waits. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    int unused = awaitEnd();
  }

  /** Sends SIGTERM and waits; the exit status. */
  int stop() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
