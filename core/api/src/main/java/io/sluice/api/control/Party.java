package io.sluice.api.control;

import io.sluice.api.net.IpAddress;

/** One end of a packet in a question. */
public sealed interface Party {
  /**
   * A pod by name. It needs no address; with addresses, its first of the family in question is
   * used.
   *
   * @param namespace its namespace
   * @param name its name
   */
  record Pod(String namespace, String name) implements Party {
    @Override
    public String toString() {
      return namespace + "/" + name;
    }
  }

  /**
   * An address: stands for the pods that have it, else for something outside.
   *
   * @param address the address
   */
  record Address(IpAddress address) implements Party {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** Reads {@code namespace/name} or an address. */
  static Party parse(String text) {
    int slash = text.indexOf('/');
    if (slash > 0 && slash == text.lastIndexOf('/') && slash < text.length() - 1) {
      return new Pod(text.substring(0, slash), text.substring(slash + 1));
    }
    try {
      return new Address(IpAddress.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither <namespace>/<pod> nor an IP address", e);
    }
  }
}
