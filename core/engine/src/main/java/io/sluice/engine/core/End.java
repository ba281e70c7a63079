package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One end of a packet, looked up. */
final class End implements PacketEnd {
  /** Null for a pod that is taken by its identity. */
  final @Nullable IpAddress address;

  /** The endpoints whose rules count here: all that have the address. */
  final List<Slot> subjects;

  /** The endpoint that selectors see here; null if it is no pod with a network of its own. */
  final @Nullable Slot peer;

  /** For a pod in its node's network that node's name, else empty. */
  final String hostNode;

  /** The state of the engine that this was looked up in. */
  final long generation;

  End(
      @Nullable IpAddress address,
      List<Slot> subjects,
      @Nullable Slot peer,
      String hostNode,
      long generation) {
    this.address = address;
    this.subjects = subjects;
    this.peer = peer;
    this.hostNode = hostNode;
    this.generation = generation;
  }

  @Override
  public Optional<IpAddress> address() {
    return Optional.ofNullable(address);
  }

  @Override
  public boolean hasVerdict() {
    return !subjects.isEmpty();
  }

  @Override
  public String toString() {
    if (peer == null) {
      return address == null ? "node " + hostNode : address.toString();
    }
    return address == null ? peer.endpoint.path() : peer.endpoint.path() + " (" + address + ")";
  }
}
