package io.sluice.api.policy;

/** The direction of a connection's first packet, seen from the subject. */
public enum Direction {
  /** To the subject. */
  INGRESS,
  /** From the subject. */
  EGRESS
}
