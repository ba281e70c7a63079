package io.sluice.engine.core;

import io.sluice.api.control.Party;
import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up the ends of packets. */
final class Ends {
  private final Index index;
  private final NodeAddresses nodes;
  private final Judge judge;

  Ends(Index index, NodeAddresses nodes, Judge judge) {
    this.index = index;
    this.nodes = nodes;
    this.judge = judge;
  }

  /** The pods that have this address, else something outside. */
  End of(IpAddress address) {
    return new End(
        address,
        index.addresses.holders(address),
        index.addresses.owner(address),
        "",
        judge.generation());
  }

  /** A pod, by its identity. */
  End of(String namespace, String name) {
    Slot slot = existing(namespace, name);
    return slot.endpoint.selectable()
        ? new End(null, List.of(slot), slot, "", judge.generation())
        : onNode(slot, null);
  }

  /** A pod with one of its addresses. */
  End of(String namespace, String name, IpAddress address) {
    Slot slot = existing(namespace, name);
    if (!addresses(slot.endpoint).contains(address)) {
      throw new IllegalArgumentException(
          "pod " + slot.endpoint.path() + " does not have the address " + address);
    }
    return slot.endpoint.selectable() ? of(address) : onNode(slot, address);
  }

  private End onNode(Slot slot, @Nullable IpAddress address) {
    return new End(address, List.of(), null, slot.endpoint.nodeName(), judge.generation());
  }

  private Slot existing(String namespace, String name) {
    Slot slot = index.find(namespace, name);
    if (slot == null) {
      throw new IllegalArgumentException("there is no pod " + namespace + "/" + name);
    }
    if (slot.endpoint.lifecycle() == Endpoint.Lifecycle.FINISHED) {
      throw new IllegalArgumentException(
          "pod " + slot.endpoint.path() + " has finished, it has no network any more");
    }
    return slot;
  }

  /** The addresses that a pod can be met under. */
  private List<IpAddress> addresses(Endpoint endpoint) {
    if (endpoint.network() == Endpoint.Network.POD) {
      return endpoint.addresses();
    }
    List<IpAddress> own =
        endpoint.addresses().isEmpty() ? endpoint.hostAddresses() : endpoint.addresses();
    return own.isEmpty() ? nodes.of(endpoint.nodeName()) : own;
  }

  /** Both ends of a packet, in one address family. */
  Pair pair(Party from, Party to) {
    List<IpAddress> sources = addresses(from);
    List<IpAddress> destinations = addresses(to);
    if (sources.isEmpty() || destinations.isEmpty()) {
      return new Pair(end(from, first(sources)), end(to, first(destinations)));
    }
    for (IpAddress source : sources) {
      IpAddress destination = first(destinations, source.family());
      if (destination != null) {
        return new Pair(end(from, source), end(to, destination));
      }
    }
    throw new IllegalArgumentException(from + " and " + to + " have no address of the same family");
  }

  /**
   * Both ends of a packet.
   *
   * @param from the sender
   * @param to the receiver
   */
  record Pair(End from, End to) {}

  private List<IpAddress> addresses(Party party) {
    return switch (party) {
      case Party.Address(IpAddress address) -> List.of(address);
      case Party.Pod(String namespace, String name) ->
          addresses(existing(namespace, name).endpoint);
    };
  }

  private End end(Party party, @Nullable IpAddress address) {
    return switch (party) {
      case Party.Address(IpAddress own) -> of(own);
      case Party.Pod(String namespace, String name) ->
          address == null ? of(namespace, name) : of(namespace, name, address);
    };
  }

  private static @Nullable IpAddress first(List<IpAddress> addresses) {
    return addresses.isEmpty() ? null : addresses.getFirst();
  }

  private static @Nullable IpAddress first(List<IpAddress> addresses, Family family) {
    for (IpAddress address : addresses) {
      if (address.family() == family) {
        return address;
      }
    }
    return null;
  }
}
