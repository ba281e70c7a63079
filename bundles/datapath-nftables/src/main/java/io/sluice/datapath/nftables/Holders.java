package io.sluice.datapath.nftables;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which local endpoints hold which addresses. */
final class Holders {
  private final Map<IpAddress, SortedSet<EndpointId>> holders = new HashMap<>();
  private final Map<EndpointId, Set<IpAddress>> addresses = new HashMap<>();

  /** What an endpoint holds; nothing if it is not known. */
  Set<IpAddress> addresses(EndpointId endpoint) {
    return addresses.getOrDefault(endpoint, Set.of());
  }

  /** Who holds an address, in the order of their ids. */
  Set<EndpointId> of(IpAddress address) {
    SortedSet<EndpointId> all = holders.get(address);
    return all == null ? Set.of() : all;
  }

  /** All addresses that somebody holds. */
  Set<IpAddress> all() {
    return holders.keySet();
  }

  /** An endpoint is new or has other addresses. */
  void put(LocalEndpoint endpoint) {
    remove(endpoint.id());
    addresses.put(endpoint.id(), endpoint.addresses());
    for (IpAddress address : endpoint.addresses()) {
      holders.computeIfAbsent(address, unused -> new TreeSet<>()).add(endpoint.id());
    }
  }

  /** An endpoint is gone. */
  void remove(EndpointId endpoint) {
    Set<IpAddress> held = addresses.remove(endpoint);
    if (held != null) {
      for (IpAddress address : held) {
        holders.computeIfPresent(
            address,
            (unused, all) -> {
              all.remove(endpoint);
              return all.isEmpty() ? null : all;
            });
      }
    }
  }
}
