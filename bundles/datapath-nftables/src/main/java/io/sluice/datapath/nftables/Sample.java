package io.sluice.datapath.nftables;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a logged packet was refused by, as its prefix says it.
 *
 * @param kind what refused it
 * @param egress whether on the side of who sends
 * @param rule the rule; 0 for none
 */
record Sample(Kind kind, boolean egress, long rule) {
  /** What refuses packets. */
  enum Kind {
    /** A rule that denies. */
    RULE('r', "denied by a rule"),
    /** Isolation. */
    ISOLATED('i', "isolated, and no rule allows it"),
    /** An unknown pod. */
    UNKNOWN('u', "an unknown pod"),
    /** A source address that is not the pod's. */
    SPOOFED('s', "claims an address that is not the pod's"),
    /** A destination that is not the pod's. */
    STRAY('t', "goes to a pod's interface, but to no address of the pod"),
    /** No connection. */
    STATELESS('l', "belongs to no connection whose beginning was seen");

    private final char letter;
    private final String reason;

    Kind(char letter, String reason) {
      this.letter = letter;
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  static final Sample SPOOFED = new Sample(Kind.SPOOFED, true, 0);
  static final Sample STRAY = new Sample(Kind.STRAY, false, 0);
  static final Sample STATELESS = new Sample(Kind.STATELESS, false, 0);

  private static final String NAME = "sluice";

  /** The prefix. */
  String prefix() {
    return NAME + " " + kind.letter + (egress ? "e" : "i") + rule;
  }

  /** Reads a prefix. */
  static Optional<Sample> parse(String prefix) {
    int at = NAME.length() + 1;
    if (!prefix.startsWith(NAME + " ") || prefix.length() < at + 3) {
      return Optional.empty();
    }
    String rule = prefix.substring(at + 2);
    if (!rule.chars().allMatch(Character::isDigit) || rule.length() > 18) {
      return Optional.empty();
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.letter == prefix.charAt(at))
        .findFirst()
        .map(kind -> new Sample(kind, prefix.charAt(at + 1) == 'e', Long.parseLong(rule)));
  }
}
