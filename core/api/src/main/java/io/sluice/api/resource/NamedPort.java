package io.sluice.api.resource;

import io.sluice.api.net.Protocol;

/**
 * A container port that has a name.
 *
 * @param protocol the port's protocol
 * @param name the port's name (an IANA service name)
 * @param number the container's port, 1 to 65535
 */
public record NamedPort(Protocol protocol, String name, int number) {
  /** Checks the number. */
  public NamedPort {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("port " + number + " is not within 1 to 65535");
    }
  }
}
