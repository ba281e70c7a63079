package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README's section "Write a bundle" says, with the blocks of the README itself, in an
 * empty folder, with a Maven that knows nothing of this build. What it may download comes from the
 * local repository of this build, so that the test needs no network.
 */
class WriteABundleTest {
  private static final long MINUTES = 5;

  private final Path source = Path.of(System.getProperty("sluice.source", "../..")).toRealPath();
  private final Path folder;
  private final Path sluice;
  private final Path home;

  WriteABundleTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    sluice = Files.createDirectories(folder.resolve("sluice"));
    home = Files.createDirectories(folder.resolve("home"));
  }

  /** A clone as it is after the README's first command, with a {@code deploy/} of its own. */
  private OwnDistribution prepared() throws IOException {
    Path repository = source.resolve("core/repository/target/repository");
    assertTrue(Files.isDirectory(repository), "run 'make plugin-repo' first");
    Files.createDirectories(sluice.resolve("core/repository/target"));
    Files.createSymbolicLink(sluice.resolve("core/repository/target/repository"), repository);
    return new OwnDistribution(sluice.resolve("distribution/target/sluice"));
  }

  /** {@code mvn}, with an empty local repository, and the one of this build as the central one. */
  private Path maven() throws IOException {
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>built</id><mirrorOf>central</mirrorOf><url>file://%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(folder.resolve("m2"), System.getProperty("sluice.maven.repository")));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path mvn = bin.resolve("mvn");
    Files.writeString(
        mvn,
        "#!/bin/sh\nexec '%s/bin/mvn' -B -s '%s' \"$@\"\n"
            .formatted(System.getProperty("sluice.maven"), settings));
    assertTrue(mvn.toFile().setExecutable(true));
    return bin;
  }

  private Cli.Result sh(Path bin, String commands) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-euc", commands)
            .directory(Files.createDirectories(home.resolve("hello")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    builder.environment().put("SLUICE", sluice.toString());
    builder.environment().put("SLUICE_RUN", folder.resolve("run").toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().merge("PATH", bin.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(commands + " does not end:\n" + Files.readString(out));
    }
    return new Cli.Result(process.exitValue(), Files.readString(out), "");
  }

  @Test
  void fromNothingToADropIn() throws Exception {
    Readme readme = new Readme(source.resolve("README.md"), "Write a bundle");
    List<String> commands = readme.commands();
    assertEquals(3, commands.size(), "to prepare, to build, to ask the agent");
    assertEquals(3, readme.files().size(), "the pom, the class and its test");
    assertTrue(commands.getFirst().contains("\nexport SLUICE="));
    Path bin = maven();
    Path hello = home.resolve("hello");
    try (OwnDistribution own = prepared();
        RunningAgent agent =
            RunningAgent.start(
                own.home, folder, "node-1", new Manifests(folder.resolve("manifests")).directory)) {
      for (Readme.Block file : readme.files()) {
        Path path = hello.resolve(file.file());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.text());
      }
      Cli.Result built = sh(bin, commands.get(1));
      assertEquals(0, built.status(), built.out());
      assertTrue(built.out().contains("in hello.HelloDatapathTest"), built.out());

      Cli.Result list = agent.execUntil("datapath list", now -> now.out().contains("hello"));
      assertEquals(0, list.status());
      Cli.Result used = sh(bin, commands.get(2));
      assertEquals(0, used.status(), used.out());
      assertTrue(used.out().matches("(?si).*hello[^\n]*chosen.*"), used.out());
      assertTrue(agent.log().contains("revision"), agent.log());
    }
  }
}
