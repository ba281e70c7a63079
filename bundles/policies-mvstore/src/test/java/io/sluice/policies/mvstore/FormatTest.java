package io.sluice.policies.mvstore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.kit.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of other formats. */
class FormatTest {
  /** A later agent, whose first format kept the state under another name. */
  private static final Formats LATER =
      new Formats(2, Map.of(1, store -> move(store, "condition", "state")));

  private final Path directory;

  FormatTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static void move(MVStore store, String from, String to) {
    MVMap<byte[], byte[]> source = map(store, from);
    map(store, to).putAll(source);
    source.clear();
  }

  private static MVMap<byte[], byte[]> map(MVStore store, String name) {
    return store.openMap(
        name, new MVMap.Builder<byte[], byte[]>().keyType(Bytes.TYPE).valueType(Bytes.TYPE));
  }

  private Path file() {
    return directory.resolve("policies.mv");
  }

  private void write(Formats formats) throws InterruptedException {
    MvPolicyStore store = new MvPolicyStore(directory, formats, Directory.FLOOR);
    for (int sequence = 1; sequence <= 5; sequence++) {
      Stages.get(store.apply(History.batch(1, sequence), 1));
    }
    store.close();
  }

  @Test
  void anEarlierFormatIsBroughtHere() throws Exception {
    write(Formats.ALL);
    try (MVStore earlier = MVStore.open(file().toString())) {
      move(earlier, "state", "condition");
      earlier.commit();
    }
    for (int start = 1; start <= 2; start++) {
      MvPolicyStore store = new MvPolicyStore(directory, LATER, Directory.FLOOR);
      assertEquals(History.after(1, 5), new HashSet<>(Stages.get(store.snapshot()).resources()));
      assertTrue(store.status().problems().isEmpty());
      store.close();
      assertEquals(2, CopyFile.format(file()));
    }
  }

  @Test
  void aLaterFormatIsRefusedWithoutTouchingIt() throws Exception {
    write(LATER);
    byte[] before = Files.readAllBytes(file());
    MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
    String read = String.valueOf(Stages.failure(store.snapshot()).getMessage());
    String written =
        String.valueOf(Stages.failure(store.apply(History.batch(9, 1), 1)).getMessage());
    store.close();
    for (String message : new String[] {read, written}) {
      assertTrue(message.contains(file().toString()), message);
      assertTrue(message.contains("format 2"), message);
      assertTrue(message.contains("up to 1"), message);
      assertTrue(message.contains("move the file away"), message);
    }
    assertArrayEquals(before, Files.readAllBytes(file()));
    MvPolicyStore later = new MvPolicyStore(directory, LATER, Directory.FLOOR);
    assertEquals(5, Stages.get(later.snapshot()).sequence());
    later.close();
  }

  @Test
  void aLaterFormatOfMvStoreItselfIsRefusedToo() throws Exception {
    write(Formats.ALL);
    // The header, twice at the beginning, with its checksum made anew.
    byte[] bytes = Files.readAllBytes(file());
    for (int block = 0; block < 2; block++) {
      Header.format(bytes, block * 4096, "9");
    }
    Files.write(file(), bytes);
    MvPolicyStore store = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
    String message = String.valueOf(Stages.failure(store.snapshot()).getMessage());
    store.close();
    assertTrue(message.contains("a later format of MVStore"), message);
    assertArrayEquals(bytes, Files.readAllBytes(file()));
  }

  @Test
  void aSecondAgentIsRefusedWithTheFirstOnesNumber() throws Exception {
    MvPolicyStore first = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
    Stages.get(first.apply(History.batch(1, 1), 1));
    MvPolicyStore second = new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
    String message = String.valueOf(Stages.failure(second.snapshot()).getMessage());
    assertTrue(
        message.contains("another agent (pid " + ProcessHandle.current().pid() + ")"), message);
    assertTrue(message.contains("a directory of its own"), message);
    Stages.get(first.apply(History.batch(1, 2), 1));
    first.close();
    assertEquals(2, Stages.get(second.snapshot()).sequence(), "free now");
    second.close();
  }
}
