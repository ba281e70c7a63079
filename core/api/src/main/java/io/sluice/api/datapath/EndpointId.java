package io.sluice.api.datapath;

import io.sluice.api.resource.Endpoint;

/**
 * Names one life of a pod: a pod that was recreated under the same name is another endpoint.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid its {@code metadata.uid}, or empty where the source has none
 */
public record EndpointId(String namespace, String name, String uid)
    implements Comparable<EndpointId> {
  /** The id of this endpoint. */
  public static EndpointId of(Endpoint endpoint) {
    return new EndpointId(endpoint.namespace(), endpoint.name(), endpoint.uid());
  }

  /** {@code namespace/name}, as people write it. */
  public String path() {
    return namespace + "/" + name;
  }

  @Override
  public int compareTo(EndpointId other) {
    int byNamespace = namespace.compareTo(other.namespace);
    if (byNamespace != 0) {
      return byNamespace;
    }
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : uid.compareTo(other.uid);
  }
}
