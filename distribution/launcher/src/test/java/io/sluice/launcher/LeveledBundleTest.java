package io.sluice.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeveledBundleTest {
  @Test
  void theNumberOfAFolderIsTheLevelOfItsBundles(@TempDir Path bundles) throws Exception {
    for (String file : List.of("20-b/z.jar", "20-b/a.jar", "5-a/x.jar", "5-a/x.txt", "lib/y.jar")) {
      Files.createDirectories(bundles.resolve(file).getParent());
      Files.createFile(bundles.resolve(file));
    }
    assertEquals(
        List.of(
            new LeveledBundle(bundles.resolve("5-a/x.jar"), 5),
            new LeveledBundle(bundles.resolve("20-b/a.jar"), 20),
            new LeveledBundle(bundles.resolve("20-b/z.jar"), 20)),
        LeveledBundle.in(bundles));
  }
}
