package io.sluice.api.store;

import io.sluice.api.resource.ResourceKey;

/** One step in the life of an object, as it is written to a store. */
public sealed interface StoreChange {
  /** The object concerned. */
  ResourceKey key();

  /**
   * The object exists and is now this.
   *
   * @param stored its whole new state
   */
  record Put(Stored stored) implements StoreChange {
    @Override
    public ResourceKey key() {
      return stored.key();
    }
  }

  /**
   * The object exists no more.
   *
   * @param key the object
   */
  record Delete(ResourceKey key) implements StoreChange {}
}
