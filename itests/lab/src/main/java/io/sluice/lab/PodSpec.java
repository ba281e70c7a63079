package io.sluice.lab;

import java.net.InetAddress;
import java.util.List;

/**
 * A pod to be made.
 *
 * @param namespace its Kubernetes namespace
 * @param name its name
 * @param addresses its addresses, of either family, at most one pod each
 */
public record PodSpec(String namespace, String name, List<InetAddress> addresses) {
  /** Copies the addresses. */
  public PodSpec {
    addresses = List.copyOf(addresses);
  }

  /** A pod with these addresses, as text. */
  public static PodSpec of(String namespace, String name, String... addresses) {
    return new PodSpec(
        namespace, name, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
  }
}
