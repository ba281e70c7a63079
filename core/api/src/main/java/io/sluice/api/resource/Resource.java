package io.sluice.api.resource;

/**
 * One Kubernetes object as received, reduced to what policy needs.
 *
 * <p>Equality is by content, so that a source can tell a real change from a repetition.
 */
public sealed interface Resource permits Namespace, Node, Endpoint, ClaimedResource {
  /** What names this object. */
  ResourceKey key();

  /**
   * Where the object was read, for messages to people: a file name, or the API server's address.
   */
  String origin();
}
