package io.sluice.launcher.admin;

import io.sluice.launcher.FolderLock;
import io.sluice.launcher.Folders;
import io.sluice.launcher.StartException;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Says how the agent is.
 *
 * <p>Exit status, as the Linux Standard Base has it for init scripts: {@value #IN_FORCE} if it runs
 * and everything that it has read is in force, {@value #NOT_RUNNING} if it does not run, {@value
 * #UNKNOWN} if that can't be told; of the numbers that are free for applications {@value
 * #NOT_IN_FORCE} if it runs and not everything is in force, and {@value #NO_ANSWER} if it runs and
 * does not answer.
 */
public final class Status {
  static final int IN_FORCE = 0;
  static final int NOT_RUNNING = 3;
  static final int UNKNOWN = 4;
  static final int NOT_IN_FORCE = 150;
  static final int NO_ANSWER = 151;

  private Status() {}

  /** Says it; the arguments are those of {@link Folders#of}. */
  public static void main(String[] arguments) {
    int status = UNKNOWN;
    try {
      status = of(Folders.of(arguments, System.getenv()));
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    }
    System.out.flush();
    Runtime.getRuntime().exit(status);
  }

  private static int of(Folders folders) {
    OptionalLong pid = FolderLock.holder(folders);
    if (pid.isEmpty()) {
      System.out.println("no agent runs with " + folders.run() + "; its rules, if any, stay");
      return NOT_RUNNING;
    }
    try {
      AgentState state = AgentState.ask(folders.socket());
      System.out.print(state.status());
      return state.inForce() ? IN_FORCE : NOT_IN_FORCE;
    } catch (IOException e) {
      System.out.println(
          "the agent (pid "
              + pid.getAsLong()
              + ") runs and does not answer: "
              + e.getMessage()
              + ". It may be starting; else 'sluice support' collects why, and a restart leaves"
              + " the rules in place");
      return NO_ANSWER;
    }
  }
}
