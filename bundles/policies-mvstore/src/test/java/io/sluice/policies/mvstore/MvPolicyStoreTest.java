package io.sluice.policies.mvstore;

import io.sluice.api.store.PolicyStore;
import io.sluice.kit.store.PolicyStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class MvPolicyStoreTest extends PolicyStoreContract {
  private final Path directory;
  private MvPolicyStore store;

  MvPolicyStoreTest(@TempDir Path directory) {
    this.directory = directory;
    store = open();
  }

  private MvPolicyStore open() {
    return new MvPolicyStore(directory, Formats.ALL, Directory.FLOOR);
  }

  @AfterEach
  void close() throws InterruptedException {
    store.close();
  }

  @Override
  protected PolicyStore store() {
    return store;
  }

  @Override
  protected boolean durable() {
    return true;
  }

  @Override
  protected PolicyStore reopen() {
    try {
      store.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    store = open();
    return store;
  }
}
