package io.sluice.api.resource;

import io.sluice.api.net.IpAddress;
import java.util.List;
import java.util.Map;

/**
 * A node.
 *
 * @param name {@code metadata.name}
 * @param labels {@code metadata.labels}
 * @param addresses the IP addresses of {@code status.addresses}, of whatever type
 * @param origin where it was read
 */
public record Node(
    String name, Map<String, String> labels, List<IpAddress> addresses, String origin)
    implements Resource {
  /** Copies the collections. */
  public Node {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }

  @Override
  public ResourceKey key() {
    return new ResourceKey(ResourceKind.NODE, "", name);
  }
}
