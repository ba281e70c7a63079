package io.sluice.labels.memory;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.store.BatchLog;
import io.sluice.api.store.LabelStore;
import io.sluice.api.store.StoreBatch;
import io.sluice.api.store.StoreChange;
import io.sluice.api.store.StoreChanges;
import io.sluice.kit.store.LabelStoreContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryLabelStoreTest extends LabelStoreContract {
  private final MemoryLabelStore store = new MemoryLabelStore();

  @Override
  protected LabelStore store() {
    return store;
  }

  @Override
  protected boolean durable() {
    return false;
  }

  @Override
  protected LabelStore reopen() {
    throw new UnsupportedOperationException("it keeps nothing");
  }

  @AfterEach
  void close() throws InterruptedException {
    store.close();
  }

  @Test
  void aReaderThatIsTooFarBehindIsToldToReread() {
    BatchLog log = new BatchLog(2);
    for (int sequence = 1; sequence <= 4; sequence++) {
      StoreChange change =
          new StoreChange.Delete(new ResourceKey(ResourceKind.POD, "shop", "web-" + sequence));
      log.add(new StoreBatch(1, sequence, Instant.EPOCH, List.of(change), true));
    }
    assertInstanceOf(StoreChanges.Following.class, log.after(1, 2));
    assertInstanceOf(StoreChanges.Reread.class, log.after(1, 1));
  }
}
