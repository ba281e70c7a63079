package io.sluice.engine.core;

import io.sluice.api.net.IpAddress;
import io.sluice.api.resource.Endpoint;

/** The place of an endpoint in the index: a dense number, used again when the endpoint is gone. */
final class Slot {
  final int number;
  final NamespaceEntry namespace;
  Endpoint endpoint;
  boolean local;

  Slot(int number, NamespaceEntry namespace, Endpoint endpoint) {
    this.number = number;
    this.namespace = namespace;
    this.endpoint = endpoint;
  }

  boolean has(IpAddress address) {
    return endpoint.addresses().contains(address);
  }
}
