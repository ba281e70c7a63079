package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no agent. */
class CommandLineTest {
  @Test
  void helpListsTheCommands() throws Exception {
    Cli.Result help = Cli.run("help");
    assertEquals(0, help.status());
    for (String command :
        new String[] {"run", "exec", "purge", "reachability", "version", "help"}) {
      assertTrue(help.out().contains("  " + command + " "), command);
    }
  }

  @Test
  void versionIsThatOfTheDistribution() throws Exception {
    Cli.Result version = Cli.run("version");
    assertEquals(0, version.status());
    assertTrue(version.out().matches("sluice \\d+\\.\\d+\\.\\d+\\S*\n"), version.out());
  }

  @Test
  void mistakesAreToldAndFail(@TempDir Path folder) throws Exception {
    assertEquals(2, Cli.run("nonsense").status());
    assertEquals(2, Cli.run("exec").status());
    assertEquals(2, Cli.run("run", "--nonsense").status());
    assertEquals(2, Cli.run("run", "--conf").status());
    assertEquals(3, Cli.run("exec", "--run", folder.toString(), "sluice:status").status());
    Cli.Result missing = Cli.run("run", "--conf", folder.resolve("none").toString());
    assertEquals(1, missing.status());
    assertTrue(missing.err().contains("does not exist"), missing.err());
  }

  @Test
  void aRunFolderThatOthersMayEnterIsRefused(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Cli.Result refused =
        Cli.run("run", "--run", folder.toString(), "--data", folder.resolve("data").toString());
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("chmod 700"), refused.err());
  }

  @Test
  void aSocketPathThatIsTooLongIsRefused(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("x".repeat(100));
    Cli.Result refused = Cli.run("run", "--run", run.toString());
    assertEquals(1, refused.status());
    assertTrue(refused.err().contains("--run"), refused.err());
  }
}
