package io.sluice.policies.mvstore;

import io.sluice.api.store.LabelStore;
import io.sluice.kit.store.LabelStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class MvLabelStoreTest extends LabelStoreContract {
  private final Path directory;
  private MvLabelStore store;

  MvLabelStoreTest(@TempDir Path directory) {
    this.directory = directory;
    store = open();
  }

  private MvLabelStore open() {
    return new MvLabelStore(directory, Formats.ALL, Directory.FLOOR);
  }

  @AfterEach
  void close() throws InterruptedException {
    store.close();
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
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    store = open();
    return store;
  }
}
