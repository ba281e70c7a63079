package io.sluice.engine.core;

import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes and their addresses: whether an address is of an endpoint's own node, and the exported
 * set of this node's addresses.
 *
 * <p>Where every endpoint is local there is no "this node": then the exported set holds the
 * addresses of all nodes, and only verdicts tell the nodes apart.
 */
final class NodeAddresses {
  private final Locality locality;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<IpAddress, Integer> here = new HashMap<>();
  private Set<IpAddress> own = Set.of();
  private final Set<IpAddress> added = new HashSet<>();
  private final Set<IpAddress> removed = new HashSet<>();

  NodeAddresses(Locality locality) {
    this.locality = locality;
  }

  /** Whether anything has changed. */
  boolean put(Node node) {
    Node before = nodes.put(node.name(), node);
    if (node.equals(before)) {
      return false;
    }
    if (isHere(node.name())) {
      add(node.addresses());
      if (before != null) {
        remove(before.addresses());
      }
    }
    return true;
  }

  /** Whether anything has changed. */
  boolean removeNode(String name) {
    Node before = nodes.remove(name);
    if (before != null && isHere(name)) {
      remove(before.addresses());
    }
    return before != null;
  }

  /** Whether anything has changed. */
  boolean own(Set<IpAddress> addresses) {
    if (own.equals(addresses)) {
      return false;
    }
    Set<IpAddress> before = own;
    own = Set.copyOf(addresses);
    add(own);
    remove(before);
    return true;
  }

  /** A local endpoint is there. */
  void enter(Endpoint endpoint) {
    add(endpoint.hostAddresses());
  }

  /** A local endpoint is gone. */
  void leave(Endpoint endpoint) {
    remove(endpoint.hostAddresses());
  }

  /** Whether the address is one of the node that the endpoint is on. */
  boolean isOwnNode(Slot slot, IpAddress address) {
    if (slot.local && locality instanceof Locality.OneNode) {
      return here.containsKey(address);
    }
    Node node = nodes.get(slot.endpoint.nodeName());
    return (node != null && node.addresses().contains(address))
        || slot.endpoint.hostAddresses().contains(address)
        || (slot.local && own.contains(address));
  }

  /** The addresses that a node's object says; empty if there is none. */
  List<IpAddress> of(String node) {
    Node known = nodes.get(node);
    return known == null ? List.of() : known.addresses();
  }

  Set<IpAddress> all() {
    return Set.copyOf(here.keySet());
  }

  int size() {
    return nodes.size();
  }

  boolean changed() {
    return !added.isEmpty() || !removed.isEmpty();
  }

  SetDelta<IpAddress> takeDelta() {
    SetDelta<IpAddress> delta = new SetDelta<>(Snapshot.NODE_ADDRESSES, added, removed);
    added.clear();
    removed.clear();
    return delta;
  }

  private boolean isHere(String node) {
    return switch (locality) {
      case Locality.OneNode(String name) -> name.equals(node);
      case Locality.Everything everything -> true;
    };
  }

  private void add(Collection<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      if (here.merge(address, 1, Integer::sum) == 1 && !removed.remove(address)) {
        added.add(address);
      }
    }
  }

  private void remove(Collection<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      if (here.merge(address, -1, (a, b) -> a + b == 0 ? null : a + b) == null
          && !added.remove(address)) {
        removed.add(address);
      }
    }
  }
}
