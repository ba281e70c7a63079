package io.sluice.datapath.ovs;

import io.sluice.api.datapath.EndpointId;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which local endpoints hold which addresses, each with a place among an address's holders, which
 * are in the order of their ids.
 */
final class Holders {
  private final Map<IpAddress, List<EndpointId>> holders = new HashMap<>();
  private final Map<EndpointId, Set<IpAddress>> addresses = new HashMap<>();

  /** What an endpoint holds; nothing if it is not known. */
  Holding of(EndpointId endpoint) {
    List<Holding.Place> places = new ArrayList<>(2);
    for (IpAddress address : addresses(endpoint)) {
      places.add(new Holding.Place(address, at(address).indexOf(endpoint)));
    }
    return new Holding(endpoint, places);
  }

  /** Whether this is a local endpoint, with addresses or without. */
  boolean knows(EndpointId endpoint) {
    return addresses.containsKey(endpoint);
  }

  Set<IpAddress> addresses(EndpointId endpoint) {
    return addresses.getOrDefault(endpoint, Set.of());
  }

  private List<EndpointId> at(IpAddress address) {
    return holders.getOrDefault(address, List.of());
  }

  /** Who holds an address, by place. */
  Optional<EndpointId> holder(IpAddress address, int place) {
    List<EndpointId> all = at(address);
    return place < all.size() ? Optional.of(all.get(place)) : Optional.empty();
  }

  /** How many endpoints hold an address. */
  int count(IpAddress address) {
    return at(address).size();
  }

  /** All endpoints whose holding can change when this one's addresses do: itself among them. */
  Set<EndpointId> touchedBy(EndpointId endpoint, Set<IpAddress> now) {
    Set<EndpointId> touched = new HashSet<>();
    touched.add(endpoint);
    addresses(endpoint).forEach(address -> touched.addAll(at(address)));
    now.forEach(address -> touched.addAll(at(address)));
    return touched;
  }

  /** An endpoint is new or has other addresses. */
  void put(LocalEndpoint endpoint) {
    remove(endpoint.id());
    addresses.put(endpoint.id(), endpoint.addresses());
    for (IpAddress address : endpoint.addresses()) {
      List<EndpointId> all = holders.computeIfAbsent(address, unused -> new ArrayList<>(1));
      all.add(endpoint.id());
      all.sort(null);
    }
  }

  /** An endpoint is gone. */
  void remove(EndpointId endpoint) {
    Set<IpAddress> held = addresses.remove(endpoint);
    if (held == null) {
      return;
    }
    for (IpAddress address : held) {
      List<EndpointId> left = new ArrayList<>(at(address));
      left.remove(endpoint);
      if (left.isEmpty()) {
        holders.remove(address);
      } else {
        holders.put(address, left);
      }
    }
  }
}
