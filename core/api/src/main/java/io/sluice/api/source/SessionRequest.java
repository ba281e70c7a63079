package io.sluice.api.source;

import io.sluice.api.resource.ResourceKind;
import java.util.Set;

/**
 * What the engine asks for when it opens a session.
 *
 * @param claimed the kinds that translators claim; Namespace, Node and Pod are always wanted
 */
public record SessionRequest(Set<ResourceKind> claimed) {
  /** Copies the kinds. */
  public SessionRequest {
    claimed = Set.copyOf(claimed);
  }
}
