package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import java.util.Optional;

/**
 * One end of a packet, looked up once to be asked about many times. Good until the engine's inputs
 * change.
 */
public sealed interface PacketEnd permits End {
  /** The packet's address at this end; empty for a pod that is taken by its identity. */
  Optional<IpAddress> address();

  /** Whether a pod with a network of its own is here, so that this end has a verdict. */
  boolean hasVerdict();

  /** The end for people: {@code namespace/pod (address)}, or the address. */
  @Override
  String toString();
}
