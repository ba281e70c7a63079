package io.sluice.itests.tarball;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The packed tarball, and a former version of it. */
final class Tarball {
  /** No release came before: this one, under another number. */
  static final String FORMER = "0.0.1";

  private static final String ENGINE = "config/io.sluice.engine.cfg";

  private Tarball() {}

  static Path file() {
    Path file =
        Path.of(
            System.getProperty(
                "sluice.tarball", "../../distribution/target/sluice-0.1.0-linux-x64.tar.gz"));
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("no tarball at " + file + ": run 'make dist' first");
    }
    return file.toAbsolutePath().normalize();
  }

  /** Unpacks it; the folder that it holds. */
  static Path unpack(Machine machine, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    machine.must("tar", "-xzf", file().toString(), "-C", folder.toString());
    return folder.resolve("sluice");
  }

  /** Makes the former version of an unpacked one: other defaults, and one file less. */
  static Path former(Machine machine, Path unpacked, Path folder)
      throws IOException, InterruptedException {
    machine.must("cp", "-a", unpacked.toString(), folder.toString());
    Files.writeString(folder.resolve("bin/lib/version"), "sluice " + FORMER + "\n");
    for (String file : List.of(ENGINE, "config/io.sluice.denials.cfg")) {
      Files.writeString(
          folder.resolve(file), Files.readString(folder.resolve(file)) + "\n# As it was.\n");
    }
    Files.delete(folder.resolve("config/io.sluice.datapath.nftables.cfg.sample"));
    return folder;
  }
}
