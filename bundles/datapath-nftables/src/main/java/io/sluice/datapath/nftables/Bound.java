package io.sluice.datapath.nftables;

import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Interfaces that have one pod behind them, with the addresses that may be there.
 *
 * @param addresses the addresses, by interface
 */
record Bound(Map<String, Set<IpAddress>> addresses) {
  static final Bound NONE = new Bound(Map.of());

  /** Copies the map. */
  Bound {
    Map<String, Set<IpAddress>> copy = new TreeMap<>();
    addresses.forEach((name, ips) -> copy.put(name, Set.copyOf(ips)));
    addresses = copy;
  }

  /** The interfaces, as elements of a set. */
  Set<String> interfaces() {
    Set<String> names = new TreeSet<>();
    addresses.keySet().forEach(name -> names.add(quote(name)));
    return names;
  }

  /** Interfaces with their addresses of a family, as elements of a set. */
  Set<String> elements(Family family) {
    Set<String> elements = new TreeSet<>();
    addresses.forEach(
        (name, ips) ->
            ips.stream()
                .filter(ip -> ip.family() == family)
                .forEach(ip -> elements.add(quote(name) + " . " + ip)));
    return elements;
  }

  private static String quote(String name) {
    return '"' + name + '"';
  }
}
