package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
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

  @Test
  void whatAnAcknowledgementCosts() throws Exception {
    MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
    long[] nanos = new long[400];
    for (int i = 0; i < nanos.length; i++) {
      long begin = System.nanoTime();
      Stages.get(store.apply(History.batch(1, i + 1), 1));
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    long begin = System.nanoTime();
    CompletionStage<Void> last = store.apply(History.batch(1, nanos.length + 1), 1);
    for (int i = 2; i <= BATCHES; i++) {
      last = store.apply(History.batch(1, nanos.length + i), 1);
    }
    Stages.get(last);
    long rate = (long) (BATCHES / ((System.nanoTime() - begin) / 1e9));
    assertEquals(nanos.length + BATCHES, Stages.get(store.snapshot()).sequence());
    store.close();
    System.out.printf(
        Locale.ROOT,
        "GrowthTest: one batch at a time, p50 %.2f ms, p99 %.2f ms; %d batches at once, %d a"
            + " second%n",
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        BATCHES,
        rate);
  }
}
