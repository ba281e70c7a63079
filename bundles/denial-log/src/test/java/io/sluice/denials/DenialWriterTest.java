package io.sluice.denials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes, and its configuration. */
class DenialWriterTest {
  private static final Path FULL = Path.of("/dev/full");

  private final Path folder;

  DenialWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Settings settings(Path file) {
    return new Settings(file, 1 << 20, 2, Duration.ofHours(1), List.of());
  }

  private static long number(DenialWriter writer, String name) {
    return writer.numbers().getOrDefault(name, -1L);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what);
      }
      Thread.sleep(10);
    }
  }

  @Test
  void writesWhatItIsHandedAndTheRepeatsAtTheEnd() throws Exception {
    Path file = folder.resolve("new/denials.log");
    DenialWriter writer = new DenialWriter(settings(file), System::nanoTime);
    writer.start();
    for (int i = 0; i < 4; i++) {
      writer.add(Flows.isolated(80));
    }
    writer.suppressed(Instant.EPOCH, 9);
    writer.stop();
    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size(), lines.toString());
    assertTrue(lines.getFirst().contains("service=80/TCP"));
    assertTrue(lines.get(1).contains("not-told denials=9"));
    assertTrue(lines.getLast().endsWith("repeated=2"));
    assertEquals(3, number(writer, "linesWritten"));
    assertEquals(3, number(writer, "denialsFolded"));
    assertFalse(writer.failing());
  }

  @Test
  void aFullDiskLosesLinesAndNothingMoreUntilThereIsRoom() throws Exception {
    DenialWriter writer = new DenialWriter(settings(FULL), System::nanoTime);
    writer.start();
    for (int port = 1; port <= 50; port++) {
      writer.add(Flows.isolated(port));
    }
    await("all are lost", () -> number(writer, "linesLost") == 50);
    assertTrue(writer.failing());
    String said = writer.problems().toString();
    assertTrue(said.contains("No space left on device") && said.contains("50 lines"), said);
    Path file = folder.resolve("denials.log");
    writer.configure(settings(file));
    await("it is applied", () -> !writer.failing());
    writer.add(Flows.isolated(60));
    writer.stop();
    assertEquals(1, Files.readAllLines(file).size());
    assertEquals(List.of(), writer.problems());
  }

  @Test
  void whoeverHandsOverNeverWaits() throws Exception {
    DenialWriter writer = new DenialWriter(settings(folder.resolve("log")), System::nanoTime);
    for (int port = 0; port < 5000; port++) {
      writer.add(Flows.isolated(port));
    }
    long over = number(writer, "queueOverflown");
    assertTrue(over > 0);
    writer.start();
    writer.stop();
    assertEquals(5000 - over, Files.readAllLines(folder.resolve("log")).size());
  }

  private record Config(String file, String maxSize, String files, String repeatInterval)
      implements DenialsConfig {
    @Override
    public Class<? extends Annotation> annotationType() {
      return DenialsConfig.class;
    }
  }

  @Test
  void whatCantBeReadIsAProblemAndTheDefaultIsUsed() {
    Settings read = Settings.of(new Config("/x/y", "2", "3", "0"), folder);
    assertEquals(new Settings(Path.of("/x/y"), 2 << 20, 3, Duration.ZERO, List.of()), read);
    Settings wrong = Settings.of(new Config("", "0", "many", ""), folder);
    assertEquals(folder.resolve("denials.log"), wrong.file());
    assertEquals(10 << 20, wrong.maxBytes());
    assertEquals(Duration.ofSeconds(60), wrong.repeatInterval());
    assertEquals(
        List.of("maxSize", "files"), wrong.problems().stream().map(Problem::field).toList());
  }
}
