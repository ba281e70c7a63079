package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CfgFileTest {
  private static final String TEXT =
      """
      # What it is.
      # a = in prose

      a = 1
      b: two \\
         halves

      # Default: 7
      #seven = 7

      # Default: empty
      path = C:\\\\x
      empty =
      """;

  private static CfgFile file() {
    return CfgFile.parse(TEXT.lines().toList());
  }

  @Test
  void valuesAreReadAsTheAgentDoes() throws IOException {
    assertEquals(
        Map.of("a", "1", "b", "two halves", "path", "C:\\x", "empty", ""), file().values());
    java.util.Properties reference = new java.util.Properties();
    reference.load(new java.io.StringReader(TEXT));
    assertEquals(reference, file().values());
  }

  @Test
  void oneKeyChangesAndEverythingElseStays() {
    assertEquals(TEXT, file().text());
    assertEquals(TEXT.replace("a = 1\n", "a = 2\n"), file().with("a", "2").text());
    assertEquals(
        TEXT.replace("b: two \\\n   halves\n", "b = one\n"), file().with("b", "one").text());
    assertEquals("C:\\y", file().with("path", "C:\\y").values().get("path"));
  }

  @Test
  void aNewKeyGoesBehindItsOwnComment() {
    assertEquals(
        TEXT.replace("#seven = 7\n", "#seven = 7\nseven = 8\n"), file().with("seven", "8").text());
    assertEquals(TEXT + "other = x\n", file().with("other", "x").text());
  }

  @Test
  void aKeyIsTakenOut() {
    assertEquals(TEXT.replace("a = 1\n", ""), file().without("a").text());
    assertEquals(TEXT, file().without("seven").text());
  }

  @Test
  void theFileIsReplacedWithItsPermissions(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.cfg"), TEXT);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    CfgFile.read(file).with("a", "2").write(file);
    assertEquals("2", CfgFile.read(file).values().get("a"));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    try (var all = Files.list(folder)) {
      assertEquals(List.of(file), all.toList());
    }
    assertFalse(Files.exists(folder.resolve(".x.cfg.new")));
  }
}
