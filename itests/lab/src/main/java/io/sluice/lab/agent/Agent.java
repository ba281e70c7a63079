package io.sluice.lab.agent;

import io.sluice.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An agent with configuration, data and socket of its own, which can be stopped, killed and started
 * again with them.
 */
public final class Agent implements AutoCloseable {
  /** How a process is started: in the namespace of a node, or just so. */
  @FunctionalInterface
  public interface Starter {
    /** Starts it, with its output appended to the log. */
    Process start(List<String> command, Path log) throws IOException;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Distribution distribution;
  private final Path folder;
  private final Starter starter;
  private @Nullable ProcessHandle process;

  /**
   * Writes the configuration; starts nothing yet.
   *
   * @param folder an empty folder for configuration, data, socket and log; its path must be short
   * @param settings configuration by pid, besides what the distribution ships
   */
  public Agent(
      Distribution distribution, Path folder, Map<String, String> settings, Starter starter)
      throws IOException {
    this.distribution = distribution;
    this.folder = folder;
    this.starter = starter;
    Files.createDirectories(conf());
    try (DirectoryStream<Path> shipped =
        Files.newDirectoryStream(distribution.home().resolve("config"))) {
      for (Path file : shipped) {
        if (Files.isRegularFile(file)) {
          Files.copy(file, conf().resolve(file.getFileName()));
        }
      }
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      configure(setting.getKey(), setting.getValue());
    }
  }

  /** Where its configuration is. */
  public Path conf() {
    return folder.resolve("config");
  }

  /** The folder that its own folders are in. */
  public Path folder() {
    return folder;
  }

  /** Where its data are. */
  public Path data() {
    return folder.resolve("data");
  }

  /** Where its lock and its socket are. */
  public Path runFolder() {
    return folder.resolve("run");
  }

  /** Replaces a file of its configuration; a running agent takes it at once. */
  public void configure(String pid, String text) throws IOException {
    Path draft =
        Files.writeString(conf().resolve("." + pid + ".draft"), text, StandardCharsets.UTF_8);
    Files.move(
        draft,
        conf().resolve(pid + ".cfg"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Removes a file of its configuration. */
  public void forget(String pid) throws IOException {
    Files.delete(conf().resolve(pid + ".cfg"));
  }

  /** Starts {@code bin/sluice run}; does not wait for it. */
  public void start() throws IOException {
    process =
        starter
            .start(
                distribution.command(
                    "run",
                    "--conf",
                    conf().toString(),
                    "--data",
                    data().toString(),
                    "--run",
                    runFolder().toString()),
                folder.resolve("agent.log"))
            .toHandle();
  }

  /**
   * Takes the agent that runs with these folders for this one: somebody else has started it in its
   * place.
   */
  public void adopt() throws IOException {
    long pid = Long.parseLong(Files.readString(runFolder().resolve("run.lock")).strip());
    process =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new LabException("no agent runs with " + runFolder()));
  }

  /** Whether its process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** The id of its process. */
  public long pid() {
    if (process == null) {
      throw new LabException("the agent was not started");
    }
    return process.pid();
  }

  /** What it has logged since it was first started. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("agent.log"));
  }

  /** Waits until everything that it reads is in force. */
  public void settle() throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "nothing";
    while (isAlive() && System.nanoTime() < deadline) {
      try {
        Answer answer = ask("sluice:settle 20");
        if (answer.status() == 0) {
          return;
        }
        last = answer.text();
      } catch (IOException e) {
        last = "it does not answer: " + e.getMessage();
      }
      pause(50);
    }
    throw new LabException("the agent does not settle: " + last + "\nits log:\n" + log());
  }

  /** Runs a command in it through {@code bin/sluice exec}. */
  public Answer exec(String command) throws IOException {
    return distribution.run("exec", "--run", runFolder().toString(), command);
  }

  /**
   * Runs a command in it through its socket, without a process: for many questions.
   *
   * @throws IOException if it does not answer
   */
  public Answer ask(String command) throws IOException {
    return new AdminClient(runFolder().resolve("admin.sock")).exec(command);
  }

  /** Kills it as a crash would (SIGKILL). */
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd(process);
    }
  }

  /** Stops it as a service manager would (SIGTERM), and waits. */
  public void stop() {
    if (process != null) {
      process.destroy();
      awaitEnd(process);
    }
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      throw new LabException("the agent did not end within 20 seconds of its signal", e);
    } catch (ExecutionException e) {
      throw new LabException("the agent's end can't be waited for", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted", e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
