package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.FlowFilter;

/**
 * The cookie of a flow of ours: sixteen constant bits by which it is ours, eight that say what kind
 * of flow it is, one that says whether it drops, and in the lower half the tag of the rule it
 * speaks for, if it does.
 */
final class Cookie {
  /** What the upper sixteen bits are. */
  static final long OURS = 0x51ce_0000_0000_0000L;

  /** The bits by which a flow is known as ours. */
  static final long MASK = 0xffff_0000_0000_0000L;

  /**
   * The cookie of flows that the switch learns and forgets by itself. They are not counted among
   * ours: no difference names them.
   */
  static final long LEARNED = 0x51cf_0000_0000_0000L;

  /** The bit that all flows have which drop. */
  private static final long DENIES = 1L << 39;

  private static final int KIND_SHIFT = 40;

  /** What a flow is for. */
  enum Kind {
    /** The frame of the pipeline. */
    FRAME(1, ""),
    /** Clauses of conjunctions; shared by rules. */
    CLAUSES(2, ""),
    /** What a rule does. */
    RULE(3, ""),
    /** A rule that denies. */
    DENIAL(12, "denied by a rule"),
    /** Isolation; the tag names one of the isolating rules. */
    ISOLATION(4, "isolated, and no rule allows it"),
    /** Admission by the spoof guard. */
    PORT(5, ""),
    /** A packet with an identity that is not its port's. */
    SPOOFED(6, "source is not the endpoint's own, or a protocol no pod may speak"),
    /** A port without binding. */
    UNKNOWN(7, "port of no known endpoint"),
    /** Not a connection's packet, from or to a guarded endpoint. */
    INVALID(8, "belongs to no connection that could be judged"),
    /** A TCP packet in the middle of an untracked connection. */
    PICKUP(9, "TCP packet of a connection whose beginning was not seen"),
    /** To a guarded endpoint's port, but not to its address. */
    STRAY(10, "not to an address of the isolated endpoint"),
    /**
     * From a guarded endpoint's port, to a port that does not have the address it was judged by.
     */
    MISDIRECTED(13, "sent to the MAC of a pod that does not have the destination address"),
    /** The first packet of a port whose MAC is not known. */
    LEARN(11, ""),
    /** A packet that others have led into the middle of the pipeline. */
    MISLED(16, "entered by another table than the first"),
    /** Samples what others deny. */
    SAMPLE(14, ""),
    /** Leads packets from tables that were ours to those that are. */
    LATECOMER(15, "");

    private final int number;
    private final String reason;

    Kind(int number, String reason) {
      this.number = number;
      this.reason = reason;
    }

    /** For people: why such a flow drops. */
    String reason() {
      return reason;
    }

    /** The cookie of a flow of this kind. */
    long cookie() {
      return OURS | (long) number << KIND_SHIFT | (reason.isEmpty() ? 0 : DENIES);
    }

    /** The cookie of a flow of this kind that speaks for a rule. */
    long cookie(int tag) {
      return cookie() | Integer.toUnsignedLong(tag);
    }
  }

  private Cookie() {}

  static boolean isOurs(long cookie) {
    return (cookie & MASK) == OURS;
  }

  /** Whether a flow of ours drops. */
  static boolean denies(long cookie) {
    return isOurs(cookie) && (cookie & DENIES) != 0;
  }

  /** The number of the kind. */
  static int number(long cookie) {
    return (int) (cookie >>> KIND_SHIFT & 0xff);
  }

  /** The cookie that a flow of this kind and tag has. */
  static long of(int number, int tag) {
    return OURS | (long) number << KIND_SHIFT | Integer.toUnsignedLong(tag);
  }

  /** The kind; {@link Kind#FRAME} for a number that this version does not know. */
  static Kind kind(long cookie) {
    int number = number(cookie);
    for (Kind kind : Kind.values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    return Kind.FRAME;
  }

  static int tag(long cookie) {
    return (int) cookie;
  }

  /** Means the flows of rules that allow or pass. */
  static FlowFilter allowing() {
    return FlowFilter.cookie(Kind.RULE.cookie(), MASK | 0xffL << KIND_SHIFT);
  }

  /** Means the flows that drop. */
  static FlowFilter denying() {
    return FlowFilter.cookie(OURS | DENIES, MASK | DENIES);
  }

  /** Means every flow of ours. */
  static FlowFilter filter() {
    return FlowFilter.cookie(OURS, MASK);
  }
}
