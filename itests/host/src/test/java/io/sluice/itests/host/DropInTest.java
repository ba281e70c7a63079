package io.sluice.itests.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that come and go while the agent runs. */
class DropInTest {
  private static final List<String> SHARED = List.of("bundles", "config", "runtime", "bin/lib");

  private static byte[] bundle(String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "dropped.in");
    attributes.putValue("Bundle-Name", "Dropped in");
    attributes.putValue("Bundle-Version", version);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  /** A distribution whose deploy/ is its own; the rest is that of the one that is tested. */
  private static Path distribution(Path home) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("deploy"));
    for (String part : SHARED) {
      Files.createSymbolicLink(home.resolve(part), Cli.home().resolve(part));
    }
    Files.copy(
        Cli.home().resolve("bin/sluice"),
        home.resolve("bin/sluice"),
        StandardCopyOption.COPY_ATTRIBUTES);
    return home;
  }

  private static void drop(Path deploy, String version) throws IOException {
    Path next = deploy.resolve(".dropped.jar");
    Files.write(next, bundle(version));
    Files.move(next, deploy.resolve("dropped.jar"), StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aBundleIsInstalledUpdatedAndRemoved(@TempDir Path folder) throws Exception {
    Path home = distribution(folder.resolve("home"));
    Path manifests = Files.createDirectories(folder.resolve("manifests"));
    try (RunningAgent agent = RunningAgent.start(home, folder, "node-1", manifests)) {
      assertFalse(agent.exec("lb").out().contains("Dropped in"));

      drop(home.resolve("deploy"), "1.0.0");
      agent.execUntil(
          "lb", bundles -> bundles.out().matches("(?s).*Active[^\n]*Dropped in \\(1.0.0\\).*"));
      drop(home.resolve("deploy"), "2.0.0");
      agent.execUntil(
          "lb", bundles -> bundles.out().matches("(?s).*Active[^\n]*Dropped in \\(2.0.0\\).*"));
      Files.delete(home.resolve("deploy/dropped.jar"));
      agent.execUntil("lb", bundles -> !bundles.out().contains("Dropped in"));

      assertEquals(0, agent.exec("sluice:status").status());
    } finally {
      for (String part : SHARED) {
        Files.delete(home.resolve(part));
      }
    }
  }
}
