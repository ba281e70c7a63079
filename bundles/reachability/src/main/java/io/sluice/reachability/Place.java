package io.sluice.reachability;

import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Node;
import io.sluice.engine.core.PacketEnd;
import io.sluice.engine.core.PolicyEngine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A sender or receiver: a pod with its addresses, a workload without, or an address outside.
 *
 * @param label how rows name it: {@code namespace/pod}, or the address
 * @param endpoint the pod or workload; absent for an address outside
 * @param ends one for each address, sorted by their text; one without for a workload
 */
record Place(String label, Optional<Endpoint> endpoint, List<End> ends)
    implements Comparable<Place> {
  /**
   * One address of a place.
   *
   * @param address the address; absent for a workload
   * @param text its text, or empty
   * @param packet the engine's view of it
   */
  record End(Optional<IpAddress> address, String text, PacketEnd packet) {
    static End of(IpAddress address, PacketEnd packet) {
      return new End(Optional.of(address), address.toString(), packet);
    }

    /** Whether packets can go from one to the other: of one family, as far as that is known. */
    boolean sharesFamily(End other) {
      Family family = address.map(IpAddress::family).orElse(null);
      Family otherFamily = other.address.map(IpAddress::family).orElse(null);
      return family == null || otherFamily == null || family == otherFamily;
    }
  }

  /** An address outside. */
  static Place external(PolicyEngine engine, IpAddress address) {
    return new Place(
        address.toString(), Optional.empty(), List.of(End.of(address, engine.end(address))));
  }

  /** A workload. */
  static Place workload(PolicyEngine engine, Endpoint endpoint) {
    End end = new End(Optional.empty(), "", engine.end(endpoint.namespace(), endpoint.name()));
    return new Place(endpoint.path(), Optional.of(endpoint), List.of(end));
  }

  /**
   * A pod with addresses; on the node's network, it is where the node is.
   *
   * @param addresses where it is found
   */
  static Place pod(PolicyEngine engine, Endpoint pod, List<IpAddress> addresses) {
    List<End> ends = new ArrayList<>();
    for (IpAddress address : addresses) {
      ends.add(
          End.of(
              address,
              pod.network() == Endpoint.Network.HOST
                  ? engine.end(address)
                  : engine.end(pod.namespace(), pod.name(), address)));
    }
    ends.sort(Comparator.comparing(End::text));
    return new Place(pod.path(), Optional.of(pod), List.copyOf(ends));
  }

  /**
   * Where a pod is found; a pod on the node's network may leave it to its own host address, or to
   * the node's object, to say so.
   */
  static List<IpAddress> addresses(Endpoint pod, List<Node> nodes) {
    if (!pod.addresses().isEmpty() || pod.network() != Endpoint.Network.HOST) {
      return pod.addresses();
    }
    if (!pod.hostAddresses().isEmpty()) {
      return pod.hostAddresses();
    }
    return nodes.stream()
        .filter(node -> node.name().equals(pod.nodeName()))
        .flatMap(node -> node.addresses().stream())
        .toList();
  }

  boolean isExternal() {
    return endpoint.isEmpty();
  }

  /** Whether a filter of the command line means this place, by name. */
  boolean isNamed(String filter) {
    return label.equals(filter)
        || endpoint.filter(pod -> pod.namespace().equals(filter)).isPresent();
  }

  /** The same place with the ends that the filters mean; all of them without filters. */
  Place restrict(List<String> filters) {
    if (filters.isEmpty() || filters.stream().anyMatch(this::isNamed)) {
      return this;
    }
    List<End> kept =
        ends.stream().filter(end -> !end.text().isEmpty() && filters.contains(end.text())).toList();
    return new Place(label, endpoint, kept);
  }

  @Override
  public int compareTo(Place other) {
    return label.compareTo(other.label);
  }
}
