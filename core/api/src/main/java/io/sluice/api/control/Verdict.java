package io.sluice.api.control;

/** What happens to a packet. */
public enum Verdict {
  ALLOW,
  DENY
}
