package io.sluice.api.resource;

/** One step in the life of an object. */
public sealed interface Change {
  /** The object concerned. */
  ResourceKey key();

  /**
   * The object exists and is now this.
   *
   * @param resource its whole new state
   */
  record Upsert(Resource resource) implements Change {
    @Override
    public ResourceKey key() {
      return resource.key();
    }
  }

  /**
   * The object exists no more.
   *
   * @param key the object
   */
  record Delete(ResourceKey key) implements Change {}
}
