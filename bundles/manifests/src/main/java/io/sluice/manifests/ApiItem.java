package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.List;
import java.util.Optional;

/** One object that an API server has sent. */
public sealed interface ApiItem {
  /**
   * It could be read.
   *
   * @param resource the object, projected
   */
  record Read(Resource resource) implements ApiItem {}

  /**
   * It can't be understood.
   *
   * @param key the object, if it could be named
   * @param problems why, at least one
   */
  record Refused(Optional<ResourceKey> key, List<Problem> problems) implements ApiItem {
    /** Copies the problems. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
