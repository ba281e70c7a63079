package io.sluice.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running agent, with configuration, data and socket of its own. */
final class Agent implements AutoCloseable {
  /** How a process is started: in the namespace of the node, or just so. */
  interface Starter {
    Process start(List<String> command, Path log) throws IOException;
  }

  private static final int TRIES = 120;

  private final Distribution distribution;
  private final Path run;
  private final Path log;
  private final Process process;

  private Agent(Distribution distribution, Path run, Path log, Process process) {
    this.distribution = distribution;
    this.run = run;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts {@code bin/sluice run}.
   *
   * @param folder an empty folder for configuration, data, socket and log; its path must be short
   * @param settings configuration by pid, besides what the distribution ships
   */
  static Agent start(
      Distribution distribution, Path folder, Map<String, String> settings, Starter starter)
      throws IOException {
    Path conf = Files.createDirectories(folder.resolve("config"));
    try (DirectoryStream<Path> shipped =
        Files.newDirectoryStream(distribution.home().resolve("config"))) {
      for (Path file : shipped) {
        if (Files.isRegularFile(file)) {
          Files.copy(file, conf.resolve(file.getFileName()));
        }
      }
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      Files.writeString(
          conf.resolve(setting.getKey() + ".cfg"), setting.getValue(), StandardCharsets.UTF_8);
    }
    Path log = folder.resolve("agent.log");
    List<String> command =
        distribution.command(
            "run",
            "--conf",
            conf.toString(),
            "--data",
            folder.resolve("data").toString(),
            "--run",
            folder.resolve("run").toString());
    Process process = starter.start(command, log);
    return new Agent(distribution, folder.resolve("run"), log, process);
  }

  /** Waits until everything in the directory is in force. */
  void settle() throws IOException {
    Distribution.Answer answer = new Distribution.Answer(1, "");
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      answer = exec("sluice:settle 30");
      if (answer.status() == 0) {
        return;
      }
      pause(250);
    }
    throw new DemoException(
        "the agent does not settle: " + answer.text() + "\nits log:\n" + Files.readString(log));
  }

  /** Runs a command in the agent. */
  Distribution.Answer exec(String command) throws IOException {
    return distribution.run("exec", "--run", run.toString(), command);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }

  /** Stops it as a service manager would, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoException("the agent did not stop within 20 seconds of SIGTERM");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
