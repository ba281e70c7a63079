package io.sluice.api.store;

import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.List;

/**
 * An object as a store holds it.
 *
 * @param resource the object
 * @param sources the names of the event sources that hold an object of this key, the one whose
 *     object this is first. A reader can tell by them whose silence a missing object would be
 */
public record Stored(Resource resource, List<String> sources) {
  /** Copies the names. */
  public Stored {
    sources = List.copyOf(sources);
  }

  /** What names the object. */
  public ResourceKey key() {
    return resource.key();
  }
}
