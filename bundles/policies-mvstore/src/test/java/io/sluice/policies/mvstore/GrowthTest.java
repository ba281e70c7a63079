package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes without end to few objects. */
class GrowthTest {
  private static final int FLOOR = 400_000;
  private static final int BATCHES = 3_000;

  /** What one group of batches may add before the size is looked at again. */
  private static final int SLACK = 400_000;

  private final Path directory;

  GrowthTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theFileStaysSmall() throws Exception {
    MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, FLOOR);
    long largest = 0;
    long written = 0;
    long last = 0;
    for (int sequence = 1; sequence <= BATCHES; sequence++) {
      CompletionStage<Void> taken = store.apply(History.batch(1, sequence), 1);
      if (sequence % 10 == 0) {
        Stages.get(taken);
        long size = Files.size(directory.resolve("policies.mv"));
        largest = Math.max(largest, size);
        written += Math.max(0, size - last);
        last = size;
      }
    }
    assertEquals(
        History.after(1, BATCHES), new HashSet<>(Stages.get(store.snapshot()).resources()));
    store.close();
    System.out.println(
        "GrowthTest: " + written + " bytes were appended, the largest file had " + largest);
    assertTrue(written > 5L * largest, "it was written anew more than once");
    assertTrue(largest < FLOOR + SLACK, "the file grew to " + largest);
  }
}
