package io.sluice.api.control;

/**
 * Why a packet is allowed or denied.
 *
 * @param from the sender, as the question named it, with its address
 * @param to the receiver, as the question named it, with its address
 * @param service {@code port/PROTOCOL}
 * @param egress the verdict at the sender
 * @param ingress the verdict at the receiver
 */
public record Explanation(
    String from, String to, String service, Decision egress, Decision ingress) {
  /** Both sides must allow. */
  public Verdict verdict() {
    return egress.verdict() == Verdict.ALLOW && ingress.verdict() == Verdict.ALLOW
        ? Verdict.ALLOW
        : Verdict.DENY;
  }
}
