package io.sluice.api.store;

import io.sluice.api.resource.Resource;
import java.util.List;

/**
 * What a store holds at one moment.
 *
 * @param epoch the epoch of the last batch taken, 0 if there was none
 * @param sequence the sequence of the last batch taken, 0 if there was none
 * @param complete whether this is everything; an incomplete snapshot proves no deletion
 * @param resources what is there, in no given order
 */
public record StoreSnapshot(long epoch, long sequence, boolean complete, List<Resource> resources) {
  /** Copies the resources. */
  public StoreSnapshot {
    resources = List.copyOf(resources);
  }
}
