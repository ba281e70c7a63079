package io.sluice.launcher;

import io.sluice.launcher.admin.AdminConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs one command in a running agent: {@code Exec <socket> <command>}.
 *
 * <p>Exit status: the command's (0 or 1), 2 for a wrong command line, 3 if no agent answers.
 */
public final class Exec {
  private static final int NO_AGENT = 3;

  private Exec() {}

  /** Runs the command, copies its output and ends with its status. */
  public static void main(String[] arguments) {
    if (arguments.length != 2 || arguments[1].isBlank()) {
      System.err.println("usage: sluice exec [--run <folder>] '<command>'");
      Runtime.getRuntime().exit(2);
      return;
    }
    Runtime.getRuntime().exit(run(Path.of(arguments[0]), arguments[1]));
  }

  private static int run(Path socket, String command) {
    try (AdminConnection agent = AdminConnection.open(socket)) {
      int status = agent.exec(command, System.out, System.err);
      System.out.flush();
      return status;
    } catch (EOFException e) {
      System.err.println("sluice: the agent ended before it had answered");
      return NO_AGENT;
    } catch (IOException e) {
      System.err.println(
          "sluice: no agent answers at "
              + socket
              + " ("
              + e.getMessage()
              + "); start one with 'sluice run', or name its run folder with --run");
      return NO_AGENT;
    }
  }
}
