package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own, as large as the test makes it. Needs root, like everything that mounts. */
class FullDiskTest {
  private static final int DISK = 4 << 20;

  private final Path disk;

  FullDiskTest(@TempDir Path disk) {
    this.disk = disk;
  }

  @BeforeEach
  void mount() throws Exception {
    command("mount", "-t", "tmpfs", "-o", "size=" + DISK, "sluice-test", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  private static void command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", words) + " failed (root is needed): " + said);
    }
  }

  private MvPolicyStore open() {
    return new MvPolicyStore(disk.resolve("copy"), Formats.ALL, Directory.FLOOR);
  }

  /** Takes what is left of the disk; some of it. */
  private Path fill(int left) throws IOException {
    Path filler = disk.resolve("filler");
    Files.write(filler, new byte[(int) (disk.toFile().getUsableSpace() - left)]);
    return filler;
  }

  /** Writes batches until one fails; its sequence. */
  private static long writeUntilFull(MvPolicyStore store, long from) throws Exception {
    for (long sequence = from; ; sequence++) {
      CompletableFuture<Void> done =
          store.apply(History.batch(1, sequence), 1).toCompletableFuture();
      try {
        done.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        String message = String.valueOf(e.getCause());
        assertTrue(message.contains("No space left"), message);
        assertTrue(message.contains("policies.mv"), message);
        return sequence;
      }
    }
  }

  private static void holds(MvPolicyStore store, long sequence) {
    StoreSnapshot snapshot = Stages.get(store.snapshot());
    assertEquals(sequence, snapshot.sequence());
    assertEquals(History.after(1, sequence), new HashSet<>(snapshot.resources()));
  }

  @Test
  void aFullDiskLosesNothingAndWritingGoesOnWhenThereIsRoom() throws Exception {
    MvPolicyStore store = open();
    for (int sequence = 1; sequence <= 10; sequence++) {
      Stages.get(store.apply(History.batch(1, sequence), 1));
    }
    Path filler = fill(60_000);
    long failed = writeUntilFull(store, 11);
    holds(store, failed - 1);
    StoreBatch again = History.batch(1, failed);
    assertTrue(
        String.valueOf(Stages.failure(store.apply(again, 1)).getMessage()).contains("No space"));
    store.close();

    store = open();
    holds(store, failed - 1);
    Files.delete(filler);
    Stages.get(store.apply(again, 1));
    holds(store, failed);
    assertEquals(0, store.status().problems().size());
    store.close();
  }

  @Test
  void aDiskThatIsFullFromTheBeginningIsSaidAndWaitedFor() throws Exception {
    Path filler = fill(0);
    MvPolicyStore store = open();
    String message = String.valueOf(Stages.failure(store.snapshot()).getMessage());
    assertTrue(message.contains("No space left"), message);
    Stages.failure(store.apply(History.batch(1, 1), 1));
    Files.delete(filler);
    Stages.get(store.apply(History.batch(1, 1), 1));
    holds(store, 1);
    store.close();
  }

  @Test
  void fromAReadOnlyDiskTheCopyIsReadAndWritingGoesOnLater() throws Exception {
    MvPolicyStore store = open();
    for (int sequence = 1; sequence <= 5; sequence++) {
      Stages.get(store.apply(History.batch(1, sequence), 1));
    }
    store.close();
    command("mount", "-o", "remount,ro", disk.toString());
    store = open();
    holds(store, 5);
    String message =
        String.valueOf(Stages.failure(store.apply(History.batch(1, 6), 1)).getMessage());
    assertTrue(message.contains("Read-only"), message);
    holds(store, 5);
    command("mount", "-o", "remount,rw", disk.toString());
    Stages.get(store.apply(History.batch(1, 6), 1));
    holds(store, 6);
    store.close();
  }
}
