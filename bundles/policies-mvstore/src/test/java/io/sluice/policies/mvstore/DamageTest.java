package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.resource.Problem;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.kit.Stages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were cut short or changed by somebody else. */
class DamageTest {
  private static final int FILES = 150;
  private static final int BATCHES = 40;

  private final Path folder;

  DamageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static MvPolicyStore open(Path directory) {
    return new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
  }

  private byte[] written() throws IOException, InterruptedException {
    Path directory = folder.resolve("whole");
    MvPolicyStore store = open(directory);
    for (int sequence = 1; sequence <= BATCHES; sequence++) {
      Stages.get(store.apply(History.batch(1, sequence), 1));
    }
    store.close();
    return Files.readAllBytes(directory.resolve("policies.mv"));
  }

  private static byte[] damaged(byte[] whole, Random random) {
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] bytes = whole.clone();
    int at = random.nextInt(bytes.length);
    int length = random.nextBoolean() ? 1 + random.nextInt(8) : Math.min(8192, bytes.length - at);
    for (int i = at; i < Math.min(at + length, bytes.length); i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void theLastGoodStateIsThereOrTheFileIsSetAside() throws Exception {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    Random random = new Random(seed);
    byte[] whole = written();
    int kept = 0;
    int older = 0;
    for (int i = 0; i < FILES; i++) {
      Path directory = Files.createDirectories(folder.resolve("damaged-" + i));
      byte[] bytes = damaged(whole, random);
      Files.write(directory.resolve("policies.mv"), bytes);
      String where = "-Dsluice.seed=" + seed + " file " + i;
      MvPolicyStore store = open(directory);
      try {
        StoreSnapshot snapshot = Stages.get(store.snapshot());
        List<Path> aside = aside(directory);
        assertEquals(
            History.after(1, snapshot.sequence()), new HashSet<>(snapshot.resources()), where);
        if (!aside.isEmpty()) {
          assertEquals(StoreSnapshot.NOTHING, snapshot, where);
          assertEquals(1, aside.size(), where);
          assertTrue(Arrays.equals(bytes, Files.readAllBytes(aside.getFirst())), where);
          Problem problem = store.status().problems().getFirst();
          assertTrue(problem.message().contains(aside.getFirst().toString()), problem.toString());
        } else {
          kept++;
          older += snapshot.sequence() < BATCHES ? 1 : 0;
        }
        long next = snapshot.epoch() == 0 ? 1 : snapshot.sequence() + 1;
        Stages.get(store.apply(History.batch(1, next), 1));
        assertEquals(
            History.after(1, next), new HashSet<>(Stages.get(store.snapshot()).resources()), where);
      } finally {
        store.close();
      }
    }
    System.out.println(
        "DamageTest: of "
            + FILES
            + " damaged files "
            + kept
            + " opened ("
            + older
            + " at an earlier batch), the others were set aside; seed "
            + seed);
    assertTrue(kept > 0 && kept < FILES, "both happens");
  }

  private static List<Path> aside(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().contains(".unusable-")).toList();
    }
  }

  @Test
  void aFileThatKillsTheAgentIsGivenUp() throws Exception {
    byte[] whole = written();
    Path directory = Files.createDirectories(folder.resolve("deadly"));
    Files.write(directory.resolve("policies.mv"), whole);
    Files.write(directory.resolve("policies.mv.opening"), new byte[3]);
    MvPolicyStore store = open(directory);
    try {
      assertEquals(StoreSnapshot.NOTHING, Stages.get(store.snapshot()));
      assertTrue(store.status().problems().getFirst().message().contains("died 3 times"));
      assertFalse(Files.exists(directory.resolve("policies.mv.opening")));
    } finally {
      store.close();
    }
  }

  @Test
  void leftoversOfACrashAreCleared() throws Exception {
    byte[] whole = written();
    Path directory = Files.createDirectories(folder.resolve("leftovers"));
    Files.write(directory.resolve("policies.mv"), whole);
    Files.write(directory.resolve("policies.mv.new"), Arrays.copyOf(whole, whole.length / 2));
    Files.write(directory.resolve("policies.mv.opening"), new byte[2]);
    MvPolicyStore store = open(directory);
    try {
      assertEquals(BATCHES, Stages.get(store.snapshot()).sequence());
      assertEquals(List.of(), store.status().problems());
      assertFalse(Files.exists(directory.resolve("policies.mv.new")));
    } finally {
      store.close();
    }
  }
}
