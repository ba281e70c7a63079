package io.sluice.lab;

import java.net.InetAddress;
import java.util.List;

/**
 * A pod: a network namespace whose eth0 is a port of the node's bridge.
 *
 * @param spec what it was made from
 * @param namespace its network namespace
 * @param mac the MAC of its eth0, which is {@code external_ids:attached-mac} of the port
 * @param port the name of the port in the node's namespace and on its bridge
 */
public record Pod(PodSpec spec, NetworkNamespace namespace, Mac mac, String port) implements Host {
  @Override
  public List<InetAddress> addresses() {
    return spec.addresses();
  }

  @Override
  public String device() {
    return "eth0";
  }

  /** {@code namespace/name}. */
  public String path() {
    return spec.namespace() + "/" + spec.name();
  }
}
