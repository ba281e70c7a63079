package io.sluice.launcher;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Removes the rules of every datapath while no agent runs: starts the framework as far as the
 * datapaths, without the engine, and has the purge bundle do it.
 *
 * <p>The configuration is not touched. What the agent keeps in its data folder stays, unless the
 * first argument is {@value #WITH_DATA}.
 *
 * <p>Exit status: 0 if nothing is left, 1 if something is or could not be looked at.
 */
public final class Purge {
  private static final String WITH_DATA = "--with-data";

  private Purge() {}

  /** Purges; the arguments are those of {@link Main}, perhaps after {@value #WITH_DATA}. */
  public static void main(String[] arguments) {
    boolean withData = arguments.length > 0 && arguments[0].equals(WITH_DATA);
    List<String> rest = List.of(arguments).subList(withData ? 1 : 0, arguments.length);
    int status = 1;
    try {
      status = purge(Folders.parse(rest.toArray(String[]::new), System.getenv()), withData);
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(status);
  }

  private static int purge(Folders folders, boolean withData) {
    List<FileLock> locks = locks(folders);
    try {
      AgentLogManager.configure(folders);
      Agent agent = Agent.startForPurge(folders);
      int status = agent.callPurge();
      boolean stopped = agent.stop();
      if (status == 0 && withData) {
        empty(folders.data());
        System.out.println("what the agent kept in " + folders.data() + " was removed");
      }
      return stopped ? status : 1;
    } finally {
      // A lock goes with its channel, and that with the last reference to it.
      Reference.reachabilityFence(locks);
    }
  }

  private static List<FileLock> locks(Folders folders) {
    try {
      return List.of(FolderLock.run(folders), FolderLock.data(folders));
    } catch (FolderLock.HeldException e) {
      throw new StartException(
          "the agent runs (pid "
              + e.holder()
              + "); to remove its rules while it runs: sluice exec 'sluice:release --yes'."
              + " Or stop it and purge then",
          e);
    }
  }

  private static void empty(Path folder) {
    try (Stream<Path> content = Files.walk(folder)) {
      List<Path> innermostFirst =
          content.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
      for (Path path : innermostFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new StartException("can't remove what is in " + folder + ": " + e, e);
    }
  }
}
