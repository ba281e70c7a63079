package io.sluice.api.store;

import java.util.List;

/** What happened in a store since a position. */
public sealed interface StoreChanges {
  /**
   * The batches after the position, in order, without a gap; empty if there are none.
   *
   * @param batches the batches
   */
  record Following(List<StoreBatch> batches) implements StoreChanges {
    /** Copies the batches. */
    public Following {
      batches = List.copyOf(batches);
    }
  }

  /** The position is of another epoch or too old: read a snapshot. */
  record Reread() implements StoreChanges {}
}
