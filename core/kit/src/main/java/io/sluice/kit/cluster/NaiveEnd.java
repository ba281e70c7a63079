package io.sluice.kit.cluster;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * One end of a packet.
 *
 * @param holders the pods that are judged at this end: all that have the address
 * @param peer the pod that selectors and port names see at this end: the newest of them
 * @param address the packet's address at this end
 */
public record NaiveEnd(
    List<Endpoint> holders, Optional<Endpoint> peer, Optional<IpAddress> address) {
  /** Copies the holders. */
  public NaiveEnd {
    holders = List.copyOf(holders);
  }
}
