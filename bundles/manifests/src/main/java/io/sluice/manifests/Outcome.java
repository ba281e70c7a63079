package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.List;
import java.util.Optional;

/** What became of one object of a file. */
sealed interface Outcome {
  /** It is wanted and valid. */
  record Kept(Resource resource) implements Outcome {}

  /** It makes pods. */
  record Template(Workload workload) implements Outcome {}

  /** Nobody wants objects of its kind. */
  record Skipped(String kind) implements Outcome {}

  /**
   * It is invalid.
   *
   * @param key the object, if it could be named
   * @param problems why, at least one
   */
  record Refused(Optional<ResourceKey> key, List<Problem> problems) implements Outcome {}
}
