package io.sluice.lab;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** Something with a network namespace and addresses: a pod, a node, a host outside. */
public interface Host {
  /** Its network namespace. */
  NetworkNamespace namespace();

  /** Its addresses, in the order given. */
  List<InetAddress> addresses();

  /** Its network device: {@code eth0} in a pod, the bridge's LOCAL port on a node. */
  String device();

  /** The MAC address of {@link #device}. */
  Mac mac();

  /** Its first IPv4 address. */
  default InetAddress v4() {
    return first(Inet4Address.class);
  }

  /** Its first IPv6 address. */
  default InetAddress v6() {
    return first(Inet6Address.class);
  }

  private InetAddress first(Class<? extends InetAddress> family) {
    return addresses().stream()
        .filter(family::isInstance)
        .findFirst()
        .orElseThrow(
            () -> new LabException(namespace().name() + " has no " + family.getSimpleName()));
  }
}
