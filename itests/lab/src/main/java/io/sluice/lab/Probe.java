package io.sluice.lab;

import java.net.InetAddress;

/**
 * A question to the network: does this get through and back?
 *
 * @param from who asks
 * @param source the source address, of the same family as the destination
 * @param to the destination address
 * @param transport the protocol
 * @param port the destination port
 */
public record Probe(Host from, InetAddress source, InetAddress to, Transport transport, int port) {
  /** A probe from the sender's first address of the right family. */
  public Probe(Host from, InetAddress to, Transport transport, int port) {
    this(from, to.getAddress().length == 4 ? from.v4() : from.v6(), to, transport, port);
  }

  @Override
  public String toString() {
    String sender = from instanceof Pod pod ? pod.path() : from.namespace().name();
    return sender
        + " "
        + source.getHostAddress()
        + " -> "
        + to.getHostAddress()
        + " "
        + port
        + "/"
        + transport;
  }
}
