package io.sluice.api.datapath;

/** Whom a compiled rule is about. */
public sealed interface Subject {
  /**
   * The local endpoints in a subject set.
   *
   * @param set the set's number
   */
  record Members(int set) implements Subject {}

  /** Every local endpoint. */
  record EveryEndpoint() implements Subject {}

  /** Ports of this node's switch to which no known endpoint is bound. */
  record UnknownPorts() implements Subject {}
}
