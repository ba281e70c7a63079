package io.sluice.manifests;

import io.sluice.api.net.Protocol;

/**
 * A container port that some pod or workload declares, with or without a name.
 *
 * @param number the container's port
 * @param protocol its protocol
 */
public record DeclaredPort(int number, Protocol protocol) implements Comparable<DeclaredPort> {
  @Override
  public int compareTo(DeclaredPort other) {
    int byNumber = Integer.compare(number, other.number);
    return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
  }

  /** {@code number/PROTOCOL}. */
  @Override
  public String toString() {
    return number + "/" + protocol;
  }
}
