package io.sluice.launcher.shell;

import io.sluice.launcher.admin.AdminConnection;
import io.sluice.launcher.admin.Answer;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection to the agent for as long as it lasts; the next command opens another. */
final class Session implements AutoCloseable {
  /** Whoever has pressed a key waits for it. */
  private static final Duration COMPLETION = Duration.ofSeconds(3);

  private final Path socket;
  private volatile @Nullable AdminConnection connection;

  private Session(Path socket, AdminConnection connection) {
    this.socket = socket;
    this.connection = connection;
  }

  static Session open(Path socket) throws IOException {
    return new Session(socket, AdminConnection.open(socket));
  }

  /**
   * Runs a command.
   *
   * @throws IOException if the agent does not answer; the message is for the operator
   */
  void exec(String command, OutputStream out) throws IOException {
    AdminConnection agent = connection;
    try {
      if (agent == null) {
        agent = AdminConnection.open(socket);
        connection = agent;
      }
      int unused = agent.exec(command, out, out);
    } catch (ClosedChannelException e) {
      connection = null;
      throw new IOException("interrupted; what the command has begun may go on in the agent", e);
    } catch (EOFException e) {
      connection = null;
      throw new IOException("the agent ended before it had answered; its rules stay", e);
    } catch (IOException e) {
      connection = null;
      throw new IOException("no agent answers at " + socket + " (" + e.getMessage() + ")", e);
    }
  }

  /** What can stand in place of the line's last word; nothing if the agent does not say. */
  List<String> complete(String line) {
    if (line.indexOf('\'') >= 0 || line.indexOf('\\') >= 0) {
      return List.of();
    }
    try {
      Answer answer = AdminConnection.ask(socket, "sluice:complete '" + line + "'", COMPLETION);
      return answer.status() == 0
          ? answer.out().lines().filter(candidate -> !candidate.isBlank()).toList()
          : List.of();
    } catch (IOException e) {
      // Completion is a convenience: the next command says that the agent is gone.
      return List.of();
    }
  }

  /** Gives up the command that runs. */
  void interrupt() {
    AdminConnection agent = connection;
    if (agent != null) {
      try {
        agent.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    AdminConnection agent = connection;
    if (agent != null) {
      agent.close();
    }
  }
}
