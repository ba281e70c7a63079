package io.sluice.api.store;

import io.sluice.api.resource.Change;
import java.util.List;

/**
 * Changes as they are written to a store.
 *
 * @param epoch which life of the inputs this is about
 * @param sequence 1 for the first batch of an epoch, then one more each
 * @param changes the changes, at most one a key
 * @param complete true if the store holds everything once it has this batch
 */
public record StoreBatch(long epoch, long sequence, List<Change> changes, boolean complete) {
  /** Copies the changes. */
  public StoreBatch {
    changes = List.copyOf(changes);
  }
}
