package io.sluice.launcher.admin;

import io.sluice.launcher.AgentLogManager;
import io.sluice.launcher.FolderLock;
import io.sluice.launcher.Folders;
import io.sluice.launcher.StartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent in the background and waits until everything that it reads is in force: {@code
 * Start <seconds> <folders>}.
 *
 * <p>Exit status: 0 if it is, also if an agent ran already, or if no enforcing datapath is
 * configured; 1 if the agent has ended; {@value Status#NOT_IN_FORCE} or {@value Status#NO_ANSWER}
 * if it runs and the time is over.
 */
public final class Start {
  private static final long PAUSE_MILLIS = 100;
  private static final int TAIL = 20;

  private final Folders folders;
  private final Duration patience;
  private @Nullable AgentState last;

  private Start(Folders folders, Duration patience) {
    this.folders = folders;
    this.patience = patience;
  }

  /** Starts it. */
  public static void main(String[] arguments) throws InterruptedException {
    int status = 1;
    try {
      Duration patience = Duration.ofSeconds(Integer.parseInt(arguments[0]));
      Folders folders =
          Folders.parse(Arrays.copyOfRange(arguments, 1, arguments.length), System.getenv());
      status = new Start(folders, patience).start();
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    } catch (IOException e) {
      System.err.println("sluice: the agent can't be started: " + e);
    } catch (NumberFormatException e) {
      System.err.println("sluice: --timeout needs a number of seconds, not " + arguments[0]);
      status = 2;
    }
    System.out.flush();
    Runtime.getRuntime().exit(status);
  }

  private int start() throws IOException, InterruptedException {
    OptionalLong running = FolderLock.holder(folders);
    if (running.isPresent()) {
      System.out.println("the agent runs already (pid " + running.getAsLong() + ")");
      return 0;
    }
    Path console = console();
    Process process = launch(console);
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      AgentState state = ask();
      if (state != null && state.complete(folders)) {
        return report(process.pid(), state);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    if (!process.isAlive()) {
      System.err.println("sluice: the agent has ended with status " + process.waitFor() + ":");
      tail(console).forEach(System.err::println);
      System.err.println("its log is in " + console.getParent());
      return 1;
    }
    return late(process.pid());
  }

  /** A session of its own, so that neither the terminal's end nor its keys reach the agent. */
  private Process launch(Path console) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid",
                folders.home().resolve("bin/sluice").toString(),
                "run",
                "--conf",
                folders.conf().toString(),
                "--data",
                folders.data().toString(),
                "--run",
                folders.run().toString())
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().put(AgentLogManager.FOLDER, folders.log().toString());
    return builder.start();
  }

  /** What the agent prints beside its log: why it can't start, what the JVM says when it ends. */
  private Path console() throws IOException {
    FolderLock.createData(folders);
    Path log = Files.createDirectories(folders.log());
    Path console = log.resolve("console.log");
    if (Files.exists(console) && Files.size(console) > 0) {
      Files.move(console, log.resolve("console.1.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    return console;
  }

  private @Nullable AgentState ask() {
    try {
      last = AgentState.ask(folders.socket());
      return last;
    } catch (IOException e) {
      // It does not listen yet. That it never does is told by the deadline.
      return null;
    }
  }

  private int report(long pid, AgentState state) {
    if (state.inForce()) {
      System.out.println("the agent runs (pid " + pid + "), in force: " + state.summary());
    } else {
      System.out.println(
          "the agent runs (pid "
              + pid
              + "), and NOTHING IS ENFORCED: no enforcing datapath is configured (copy"
              + " io.sluice.datapath.*.cfg.sample in "
              + folders.conf()
              + ")");
    }
    return 0;
  }

  private int late(long pid) {
    System.err.println(
        "sluice: the agent runs (pid "
            + pid
            + ") and goes on, but after "
            + patience.toSeconds()
            + " s not everything is in force:");
    if (last == null) {
      System.err.println("it does not answer; its log is in " + folders.log());
      return Status.NO_ANSWER;
    }
    System.err.print(last.status());
    return Status.NOT_IN_FORCE;
  }

  private static List<String> tail(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    return lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
  }
}
