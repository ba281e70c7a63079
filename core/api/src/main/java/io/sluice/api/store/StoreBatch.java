package io.sluice.api.store;

import java.time.Instant;
import java.util.List;

/**
 * Changes as they are written to a store.
 *
 * @param epoch which life of the inputs this is about
 * @param sequence 1 for the first batch of an epoch, then one more each
 * @param asOf when the writer last knew that what it writes is what the sources say; {@link
 *     Instant#EPOCH} if it never did. A batch without changes says just this
 * @param changes the changes, at most one a key
 * @param complete true if the store holds everything once it has this batch
 */
public record StoreBatch(
    long epoch, long sequence, Instant asOf, List<StoreChange> changes, boolean complete) {
  /** Copies the changes. */
  public StoreBatch {
    changes = List.copyOf(changes);
  }
}
