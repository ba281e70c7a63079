package io.sluice.launcher.admin;

import io.sluice.launcher.FolderLock;
import io.sluice.launcher.Folders;
import io.sluice.launcher.StartException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Stops the agent and waits for its end; its rules stay.
 *
 * <p>Exit status: 0 if none runs any more, 1 if it does not end.
 */
public final class Stop {
  /** Longer than an agent gives its bundles. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long PAUSE_MILLIS = 50;

  private Stop() {}

  /** Stops it; the arguments are those of {@link Folders#of}. */
  public static void main(String[] arguments) throws InterruptedException {
    int status = 1;
    try {
      status = stop(Folders.of(arguments, System.getenv()));
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    }
    Runtime.getRuntime().exit(status);
  }

  private static int stop(Folders folders) throws InterruptedException {
    OptionalLong pid = FolderLock.holder(folders);
    if (pid.isEmpty()) {
      System.out.println("no agent runs with " + folders.run());
      return 0;
    }
    if (!ProcessHandle.of(pid.getAsLong()).map(ProcessHandle::destroy).orElse(false)) {
      System.err.println("sluice: the agent (pid " + pid.getAsLong() + ") can't be told to stop");
      return 1;
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (FolderLock.holder(folders).isPresent()) {
      if (System.nanoTime() > deadline) {
        System.err.println(
            "sluice: the agent (pid "
                + pid.getAsLong()
                + ") has not stopped within "
                + PATIENCE.toSeconds()
                + " s; kill -9 ends it, and leaves the rules in place as well");
        return 1;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println(
        "the agent (pid "
            + pid.getAsLong()
            + ") has stopped; its rules stay in place and no longer follow changes"
            + " ('sluice purge' removes them)");
    return 0;
  }
}
