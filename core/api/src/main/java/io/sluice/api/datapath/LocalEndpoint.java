package io.sluice.api.datapath;

import io.sluice.api.net.IpAddress;
import java.util.Set;

/**
 * An endpoint of this node, live and with a network of its own.
 *
 * @param id which endpoint
 * @param addresses its addresses; empty while it has none (it is isolated all the same, if a policy
 *     selects it)
 */
public record LocalEndpoint(EndpointId id, Set<IpAddress> addresses) {
  /** Copies the addresses. */
  public LocalEndpoint {
    addresses = Set.copyOf(addresses);
  }
}
