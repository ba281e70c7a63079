package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.store.StoreSnapshot;
import io.sluice.kit.Stages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer is killed at random moments, again and again on the same file. */
class KillTest {
  private static final int ROUNDS = 24;
  private static final long EPOCHS_A_ROUND = 10_000;

  /** So small that the file is written anew many times in a round. */
  private static final String FLOOR = "100000";

  private record Position(long epoch, long sequence) {}

  private final Path directory;

  KillTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyAcknowledgedBatchIsThereAndNothingHalf() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(seed);
    long acknowledged = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      List<Position> acks = writeAndKill(round, random);
      acknowledged += acks.size();
      String where = "-Dsluice.seed=" + seed + " round " + round;
      MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
      try {
        StoreSnapshot snapshot = Stages.get(store.snapshot());
        assertEquals(List.of(), store.status().problems(), where);
        assertEquals(
            History.after(snapshot.epoch(), snapshot.sequence()),
            new HashSet<>(snapshot.resources()),
            where);
        assertEquals(
            snapshot.resources().size(),
            Stages.get(store.ids()).values().stream().distinct().count());
        for (Position ack : acks) {
          assertTrue(covers(snapshot, ack), where + ": " + ack + " is lost, there is " + snapshot);
        }
      } finally {
        store.close();
      }
    }
    System.out.println(
        "KillTest: " + ROUNDS + " kills, " + acknowledged + " batches acknowledged, seed " + seed);
    assertTrue(acknowledged > ROUNDS);
  }

  /** An epoch that is not complete shows only until there is one that is. */
  private static boolean covers(StoreSnapshot snapshot, Position ack) {
    if (snapshot.epoch() == ack.epoch) {
      return snapshot.sequence() >= ack.sequence;
    }
    return ack.sequence < History.COMPLETE || snapshot.epoch() > ack.epoch;
  }

  private List<Position> writeAndKill(int round, Random random)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                directory.toString(),
                Long.toString(round * EPOCHS_A_ROUND),
                Long.toString(random.nextLong()),
                FLOOR)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Position> acks = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      acks.add(position(out.readLine()));
      Thread.sleep(random.nextInt(200));
      // Not destroyForcibly(), which would throw away what is still in the pipe.
      process.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("[0-9]+ [0-9]+")) {
          acks.add(position(line));
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return whole(acks);
  }

  /** The last line may have been cut; of a number that lacks digits nothing can be said. */
  private static List<Position> whole(List<Position> acks) {
    return acks.size() == 1 ? acks : acks.subList(0, acks.size() - 1);
  }

  private static Position position(@Nullable String line) {
    if (line == null) {
      throw new AssertionError("the writer ended before it had written");
    }
    String[] words = line.split(" ", -1);
    return new Position(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }
}
