package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several agents of one distribution on one machine. */
class TwoAgentsTest {
  @Test
  void agentsWithFoldersOfTheirOwnRunSideBySide(@TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    try (RunningAgent one = RunningAgent.start(folder.resolve("one"), "node-1", manifests);
        RunningAgent two = RunningAgent.start(folder.resolve("two"), "node-2", manifests)) {
      assertTrue(one.exec("sluice:status").out().contains("node-1"));
      assertTrue(two.exec("sluice:status").out().contains("node-2"));

      assertEquals(0, one.stop(), one.log());
      assertTrue(two.exec("sluice:status").out().contains("node-2"));
    }
  }

  @Test
  void aSecondAgentOnOneRunFolderIsRefused(@TempDir Path folder) throws Exception {
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    try (RunningAgent one = RunningAgent.start(folder, "node-1", manifests)) {
      Cli.Result second =
          Cli.run(
              "run",
              "--conf",
              one.conf.toString(),
              "--data",
              folder.resolve("data-2").toString(),
              "--run",
              one.run.toString());

      assertEquals(1, second.status());
      assertTrue(second.err().contains("another agent (pid "), second.err());
      assertTrue(second.err().contains("--run"), second.err());
      assertEquals(0, one.exec("sluice:status").status());
    }
  }
}
