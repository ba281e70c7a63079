package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  private final Path home;

  FoldersTest(@TempDir Path home) {
    this.home = home;
  }

  @BeforeEach
  void distribution() throws IOException {
    Files.createDirectories(home.resolve("bundles"));
    Files.createDirectories(home.resolve("config"));
    Files.createDirectories(home.resolve("etc"));
  }

  private Folders parse(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("SLUICE_HOME", home.toString());
    return Folders.parse(arguments, all);
  }

  @Test
  void withoutOptionsEverythingLiesInTheDistribution() {
    assertEquals(
        new Folders(home, home.resolve("config"), home.resolve("data"), home.resolve("run")),
        parse(Map.of()));
  }

  @Test
  void anOptionGoesBeforeTheEnvironment() {
    Folders folders =
        parse(
            Map.of("SLUICE_RUN", "/run/a", "SLUICE_DATA", "/var/lib/a"),
            "--run",
            "/run/b",
            "--conf",
            home.resolve("etc").toString());
    assertEquals(Path.of("/run/b"), folders.run());
    assertEquals(Path.of("/var/lib/a"), folders.data());
    assertEquals(home.resolve("etc"), folders.conf());
  }

  @Test
  void mistakesAreRefused() {
    assertThrows(StartException.class, () -> parse(Map.of(), "--nothing", "x"));
    assertThrows(StartException.class, () -> parse(Map.of(), "--run"));
    assertThrows(StartException.class, () -> parse(Map.of(), "--home", "/nonexistent"));
    assertThrows(StartException.class, () -> parse(Map.of("SLUICE_CONF", "/nonexistent")));
  }

  @Test
  void aSocketPathThatTheKernelCantTakeIsRefused() {
    String longest = "/run/" + "x".repeat(107 - "/run/".length() - "/admin.sock".length());
    assertEquals(Path.of(longest), parse(Map.of(), "--run", longest).run());
    StartException tooLong =
        assertThrows(StartException.class, () -> parse(Map.of(), "--run", longest + "x"));
    assertTrue(tooLong.toString().contains("108 bytes"), tooLong.toString());
  }
}
