package io.sluice.launcher.admin;

import io.sluice.launcher.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How far a running agent has come.
 *
 * @param rung how far
 * @param summary the line of {@code sluice:status} that says so, or why there is none
 * @param status all that {@code sluice:status} printed
 */
public record AgentState(Rung rung, String summary, String status) {
  private static final String COMMAND = "sluice:status";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String LINE = "readiness";

  /** The readiness ladder, and what is below it. */
  public enum Rung {
    /** Answers, but its engine does not. */
    NO_ENGINE,
    /** Has not read all of its inputs. */
    STARTED,
    /** Has read them; they are not in force. */
    SYNCED,
    /** Everything that was read is enforced. */
    IN_FORCE
  }

  /**
   * Asks an agent.
   *
   * @throws IOException if none answers
   */
  public static AgentState ask(Path socket) throws IOException {
    Answer answer = AdminConnection.ask(socket, COMMAND, PATIENCE);
    return answer.status() == 0
        ? parse(answer.out())
        : new AgentState(Rung.NO_ENGINE, answer.err().strip(), answer.out() + answer.err());
  }

  static AgentState parse(String status) {
    String summary =
        status
            .lines()
            .filter(line -> line.startsWith(LINE))
            .findFirst()
            .map(line -> line.substring(LINE.length()).strip())
            .orElse("");
    for (Rung rung : Rung.values()) {
      if (summary.startsWith(rung.name())) {
        return new AgentState(
            rung, summary.substring(rung.name().length()).replaceFirst("^:\\s*", ""), status);
      }
    }
    return new AgentState(Rung.NO_ENGINE, "its status has no line '" + LINE + "'", status);
  }

  /** Whether everything that was read is enforced. */
  public boolean inForce() {
    return rung == Rung.IN_FORCE;
  }

  /**
   * Whether it has got as far as its configuration leads: without any enforcing datapath, the rung
   * below the last is the last.
   */
  public boolean complete(Folders folders) throws IOException {
    return inForce() || (rung == Rung.SYNCED && !mayEnforce(folders));
  }

  private static boolean mayEnforce(Folders folders) throws IOException {
    return any(folders.conf(), "io.sluice.datapath.*.{cfg,config}")
        || any(folders.deploy(), "*.jar");
  }

  private static boolean any(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      return found.iterator().hasNext();
    }
  }
}
