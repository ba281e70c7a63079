package io.sluice.engine.core;

import io.sluice.api.resource.Endpoint;

/** Which endpoints are local: only rules that are about one of them are given to a datapath. */
public sealed interface Locality {
  /**
   * Those of one node.
   *
   * @param name the node's name, as in {@code spec.nodeName}
   */
  record OneNode(String name) implements Locality {
    @Override
    public boolean isLocal(Endpoint endpoint) {
      return endpoint.selectable() && endpoint.nodeName().equals(name);
    }
  }

  /** All of them, wherever they run: for questions about a whole cluster. */
  record Everything() implements Locality {
    @Override
    public boolean isLocal(Endpoint endpoint) {
      return endpoint.selectable();
    }
  }

  /** The endpoints of the node with this name. */
  static Locality node(String name) {
    return new OneNode(name);
  }

  /** All endpoints. */
  static Locality everything() {
    return new Everything();
  }

  /** Whether this endpoint is local: it lives, has a network of its own, and is here. */
  boolean isLocal(Endpoint endpoint);
}
