package io.sluice.itests.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A distribution whose deploy/ is its own; the rest is that of the one that is tested. */
final class OwnDistribution implements AutoCloseable {
  private static final List<String> SHARED = List.of("bundles", "config", "runtime", "bin/lib");

  final Path home;

  /** Where bundles are dropped in. */
  final Path deploy;

  OwnDistribution(Path home) throws IOException {
    this.home = home;
    Files.createDirectories(home.resolve("bin"));
    deploy = Files.createDirectories(home.resolve("deploy"));
    for (String part : SHARED) {
      Files.createSymbolicLink(home.resolve(part), Cli.home().resolve(part));
    }
    Files.copy(
        Cli.home().resolve("bin/sluice"),
        home.resolve("bin/sluice"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Removes the links, so that nobody follows them when the folder is removed. */
  @Override
  public void close() throws IOException {
    for (String part : SHARED) {
      Files.delete(home.resolve(part));
    }
  }
}
