package io.sluice.denials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file and the files that it was. */
class RotatingFileTest {
  private final Path folder;

  RotatingFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void isRotatedBySizeAndTheOldestIsRemoved() throws Exception {
    try (RotatingFile file = new RotatingFile(folder.resolve("log"), 10, 3)) {
      for (int i = 1; i <= 7; i++) {
        file.append("line" + i + "\n");
      }
    }
    assertEquals("line7\n", text("log"));
    assertEquals("line6\n", text("log.1"));
    assertEquals("line5\n", text("log.2"));
    assertFalse(Files.exists(folder.resolve("log.3")));
  }

  @Test
  void isContinuedAfterARestart() throws Exception {
    try (RotatingFile file = new RotatingFile(folder.resolve("log"), 100, 1)) {
      file.append("one\n");
    }
    try (RotatingFile file = new RotatingFile(folder.resolve("log"), 8, 1)) {
      file.append("two\n");
      assertEquals("one\ntwo\n", text("log"));
      file.append("three\n");
    }
    assertEquals("three\n", text("log"), "one file only: it begins again");
  }

  @Test
  void aLineLongerThanTheLimitIsWrittenAllTheSame() throws Exception {
    try (RotatingFile file = new RotatingFile(folder.resolve("log"), 3, 2)) {
      file.append("longer\n");
      file.append("longest\n");
    }
    assertEquals("longest\n", text("log"));
    assertEquals("longer\n", text("log.1"));
  }

  @Test
  void isMadeAgainIfSomebodyMovedIt() throws Exception {
    try (RotatingFile file = new RotatingFile(folder.resolve("log"), 100, 2)) {
      file.append("one\n");
      Files.move(folder.resolve("log"), folder.resolve("moved"));
      file.follow();
      file.append("two\n");
      file.follow();
      file.append("three\n");
    }
    assertEquals("one\n", text("moved"));
    assertEquals("two\nthree\n", text("log"));
  }

  @Test
  void aFullDiskIsSaid() throws Exception {
    try (RotatingFile file = new RotatingFile(Path.of("/dev/full"), 100, 1)) {
      IOException failure = assertThrows(IOException.class, () -> file.append("one\n"));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("No space left"), failure.toString());
      assertThrows(IOException.class, () -> file.append("two\n"));
    }
  }
}
