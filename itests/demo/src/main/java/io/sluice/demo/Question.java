package io.sluice.demo;

/**
 * Does this get through?
 *
 * @param from the sender, {@code namespace/name}
 * @param to the receiver, {@code namespace/name}
 * @param source the sender's address
 * @param destination the receiver's address, of the same family
 * @param service what is tried
 */
record Question(String from, String to, String source, String destination, Service service) {
  /** What is tried: one port of each protocol. */
  enum Service {
    TCP(8080),
    UDP(9000);

    private final int port;

    Service(int port) {
      this.port = port;
    }

    int port() {
      return port;
    }

    /** {@code 8080/TCP}. */
    @Override
    public String toString() {
      return port + "/" + name();
    }
  }

  boolean isIpv6() {
    return destination.indexOf(':') >= 0;
  }
}
