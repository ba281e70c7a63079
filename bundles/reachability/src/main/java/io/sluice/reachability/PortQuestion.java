package io.sluice.reachability;

import io.sluice.api.control.Service;
import io.sluice.api.net.Protocol;
import io.sluice.api.resource.Endpoint;
import io.sluice.api.resource.NamedPort;
import java.util.Optional;
import java.util.Set;

/** A port that is asked about. */
sealed interface PortQuestion {
  /** A port by number, at every destination. */
  record Numbered(Asked port) implements PortQuestion {}

  /** A port by its name: at each destination pod the ports that it gives this name. */
  record Named(String name) implements PortQuestion {}

  /** Adds the ports that this means at a destination; the endpoint is absent for an address. */
  default void resolve(Optional<Endpoint> destination, Set<Asked> ports) {
    switch (this) {
      case Numbered(Asked port) -> ports.add(port);
      case Named(String name) -> {
        for (NamedPort named : destination.map(Endpoint::ports).orElse(java.util.List.of())) {
          if (named.name().equals(name)) {
            ports.add(new Asked(named.number(), named.protocol()));
          }
        }
      }
    }
  }

  /**
   * Reads {@code 80/TCP}, {@code 80} (TCP) or a port's name.
   *
   * @throws UsageException if it is none of them
   */
  static PortQuestion parse(String text) throws UsageException {
    boolean name =
        text.indexOf('/') < 0 && text.chars().anyMatch(c -> (c >= 'a' && c <= 'z') || c == '-');
    if (name) {
      return new Named(text);
    }
    try {
      Service service = Service.parse(text);
      Protocol protocol =
          Protocol.numbered(service.protocol())
              .orElseThrow(() -> new IllegalArgumentException("'" + text + "' has no ports"));
      return new Numbered(new Asked(service.port(), protocol));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--ports: " + e.getMessage());
    }
  }

  /**
   * A destination port.
   *
   * @param number the port
   * @param protocol its protocol
   */
  record Asked(int number, Protocol protocol) implements Comparable<Asked> {
    Service service() {
      return new Service(protocol.number(), number);
    }

    /** By number, then by the protocol's name. */
    @Override
    public int compareTo(Asked other) {
      int byNumber = Integer.compare(number, other.number);
      return byNumber != 0 ? byNumber : protocol.name().compareTo(other.protocol.name());
    }
  }
}
