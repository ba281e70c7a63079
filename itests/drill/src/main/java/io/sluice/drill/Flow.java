package io.sluice.drill;

import io.sluice.lab.Pod;
import io.sluice.lab.Probe;
import io.sluice.lab.Transport;
import java.net.InetAddress;

/**
 * What is asked of the network: whether one pod reaches another. A pod is itself here, on its own
 * port, not whoever has its address.
 *
 * @param from who begins
 * @param to who is meant to answer
 * @param transport TCP or UDP
 * @param ipv6 whether over IPv6, else over IPv4
 * @param port the destination port
 */
record Flow(Pod from, Pod to, Transport transport, boolean ipv6, int port) {
  InetAddress source() {
    return ipv6 ? from.v6() : from.v4();
  }

  InetAddress destination() {
    return ipv6 ? to.v6() : to.v4();
  }

  Probe probe() {
    return new Probe(from, source(), destination(), transport, port);
  }

  @Override
  public String toString() {
    return from.path()
        + " -> "
        + to.path()
        + " "
        + port
        + "/"
        + transport
        + (ipv6 ? " IPv6" : " IPv4");
  }
}
