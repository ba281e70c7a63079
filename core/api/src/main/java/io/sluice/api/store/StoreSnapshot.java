package io.sluice.api.store;

import java.time.Instant;
import java.util.List;

/**
 * What a store holds at one moment.
 *
 * @param epoch the epoch that this is of, 0 if there is none
 * @param sequence the sequence of the last batch of the epoch that was taken, 0 if there was none
 * @param complete whether this is everything; an incomplete snapshot proves no deletion
 * @param asOf when the writer last knew this to be current; {@link Instant#EPOCH} if never
 * @param resources what is there, in no given order
 */
public record StoreSnapshot(
    long epoch, long sequence, boolean complete, Instant asOf, List<Stored> resources) {
  /** What a store answers that was never written to. */
  public static final StoreSnapshot NOTHING =
      new StoreSnapshot(0, 0, false, Instant.EPOCH, List.of());

  /** Copies the resources. */
  public StoreSnapshot {
    resources = List.copyOf(resources);
  }
}
