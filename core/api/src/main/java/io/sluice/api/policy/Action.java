package io.sluice.api.policy;

/** What a rule does with the packets that it matches. */
public enum Action {
  /** Allow; final for this direction. */
  ALLOW,
  /** Drop; final for this direction. */
  DENY,
  /** Skip the rest of this tier. */
  PASS,
  /**
   * Deny what no ALLOW of this tier matched, whatever its priority. Such a rule has any peer and
   * any port; its subjects are the isolated endpoints.
   */
  ISOLATE
}
