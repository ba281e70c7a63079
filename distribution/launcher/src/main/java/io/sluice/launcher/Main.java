package io.sluice.launcher;

import io.sluice.launcher.systemd.ServiceManager;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs an agent in the foreground until it is told to stop.
 *
 * <p>Exit status: 0 after a clean stop, 1 if it could not start or not stop, 2 for a wrong command
 * line.
 */
public final class Main {
  private final Folders folders;
  private final System.Logger log;

  private Main(Folders folders) {
    this.folders = folders;
    log = System.getLogger("io.sluice.launcher");
  }

  /** Starts the agent; see {@link Folders#USAGE} for the arguments. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Folders folders = Folders.parse(arguments, System.getenv());
      List<FileLock> locks = List.of(FolderLock.run(folders), FolderLock.data(folders));
      try {
        AgentLogManager.configure(folders);
        new Main(folders).run();
      } finally {
        // A lock goes with its channel, and that with the last reference to it.
        Reference.reachabilityFence(locks);
      }
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
      Runtime.getRuntime().exit(1);
    }
  }

  private void run() throws InterruptedException {
    Optional<ServiceManager> manager = ServiceManager.of(folders, System.getenv());
    Agent agent = Agent.start(folders);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(agent, manager), "shutdown"));
    manager.ifPresent(ServiceManager::start);
    List<String> missing = agent.missing();
    if (!missing.isEmpty()) {
      log.log(Level.ERROR, "these bundles do not run: " + String.join(", ", missing));
    }
    log.log(
        Level.INFO,
        String.format(
            Locale.ROOT,
            "Sluice runs: %d bundles in %d ms; configuration %s, administration socket %s",
            agent.bundles(),
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
            folders.conf(),
            folders.socket()));
    agent.awaitStop();
    // Stopped from inside, or by a signal whose hook has it from here.
    Runtime.getRuntime().exit(0);
  }

  /** Ends the process with a status that says how it went, not with the signal that ended it. */
  private void shutDown(Agent agent, Optional<ServiceManager> manager) {
    manager.ifPresent(ServiceManager::stopping);
    boolean clean = agent.stop();
    log.log(
        clean ? Level.INFO : Level.ERROR,
        clean
            ? "Sluice has stopped; the rules stay in place"
            : "Sluice did not stop in time; the rules stay in place");
    System.err.flush();
    Runtime.getRuntime().halt(clean ? 0 : 1);
  }
}
