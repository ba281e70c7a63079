package io.sluice.example.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreSnapshot;
import io.sluice.kit.Stages;
import io.sluice.kit.store.LabelStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory keeps the contract of label stores, and what it took when it is cut off. */
class DirectoryLabelStoreTest extends LabelStoreContract {
  private final Path directory;
  private DirectoryLabelStore store;

  DirectoryLabelStoreTest(@TempDir Path folder) throws IOException {
    directory = folder.resolve("labels");
    store = new DirectoryLabelStore(directory);
  }

  @Override
  protected LabelStore store() {
    return store;
  }

  @Override
  protected boolean durable() {
    return true;
  }

  @Override
  protected LabelStore reopen() {
    try {
      store.close();
      store = new DirectoryLabelStore(directory);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void aBatchThatIsCutOffAnywhereIsNotThereAndThoseBeforeAre() throws IOException {
    apply(batch(1, 1, true, put(1, 0), put(2, 0)));
    StoreSnapshot before = snapshot();
    Path file = directory.resolve("picture-1");
    int whole = Math.toIntExact(Files.size(file));
    apply(batch(1, 2, true, delete(1), put(3, 1)));
    StoreSnapshot after = snapshot();
    store.close();
    byte[] bytes = Files.readAllBytes(file);
    for (int length = whole; length <= bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      store = new DirectoryLabelStore(directory);
      assertEquals(length == bytes.length ? after : before, snapshot(), "cut at " + length);
      store.close();
    }
    store = new DirectoryLabelStore(directory);
  }

  @Test
  void theFileGrowsWithWhatItHoldsAndNotWithWhatHappened() throws IOException {
    for (int sequence = 1; sequence <= 400; sequence++) {
      apply(batch(1, sequence, true, many(sequence)));
    }
    StoreSnapshot before = snapshot();
    assertTrue(Files.size(directory.resolve("picture-1")) < 2 << 20);
    reopen();
    assertEquals(before, snapshot());
  }

  private StoreChange[] many(int version) {
    StoreChange[] changes = new StoreChange[100];
    Arrays.setAll(changes, number -> put(number, version));
    return changes;
  }

  @Test
  void aDirectoryBelongsToOneStore() {
    IOException refused = assertThrows(IOException.class, () -> new DirectoryLabelStore(directory));
    assertTrue(String.valueOf(refused).contains("held by"), refused::toString);
    assertEquals(StoreSnapshot.NOTHING, Stages.get(store.snapshot()));
  }
}
