package io.sluice.datapath.ovs;

import io.sluice.api.policy.Direction;
import io.sluice.api.policy.Tier;
import io.sluice.datapath.ovs.openflow.RegisterField;

/**
 * Where the tables of the pipeline are, and what its registers hold.
 *
 * <pre>
 *        +0 PORTS      which port? bound pod, host, outside; a port without binding is dropped
 *            |
 *        +1 GUARD      own MAC, own addresses? ARP and ND of one's own ----------------+
 *            | ct(zone): tracked                     no local endpoint involved ----+  |
 *        +2 STATE      invalid: dropped, or unjudged -----------------------------+ |  |
 *            | original tuple, both directions     (keep: established passes) --+ | |  |
 *   +--> +3 EGRESS   system  -- allow -->+                                      | | |  |
 *   |    +4          admin   -- allow -->|  deny: dropped and sampled           | | |  |
 *   |    +5          rules   -- allow -->|                                      | | |  |
 *   |    +6          isolation   (drop)  |                                      | | |  |
 *   |    +7          baseline            |                                      | | |  |
 *   +--- +8          NEXT  <-------------+  an address with two holders: again, for the next
 *            |                                                                  | | |  |
 *   +--> +9..+13 INGRESS  the same                                              | | |  |
 *   +--- +14         NEXT                                                       | | |  |
 *            |                                                                  | | |  |
 *       +15 COMMIT     only +new is remembered, after both sides allowed        | | |  |
 *            |                                                                  | | |  |
 *       +16 DELIVER  <----------------------------------------------------------+-+-+--+
 *                      a pod's MAC: out of its port; an isolated pod's port takes only judged
 *                      packets to its own addresses; the rest: the final action
 *       +17 REPLIES    learned, for SCTP on the userspace datapath only
 *       +18 DENIED     a sample of what is dropped; a miss here only costs the sample
 * </pre>
 *
 * <p>Every policy table is keyed on the original tuple of the connection, for packets of both
 * directions and for ICMP errors that belong to it: what revokes the connection's first packet
 * revokes all of them, and replies need no rule of their own. The spoof guard makes the tuple
 * truthful: an entry whose source is a local endpoint can only have been made by a packet from its
 * port, or from the host's.
 *
 * @param first the table that packets enter by
 */
record Layout(int first) {
  /** How many tables the pipeline takes. */
  static final int TABLES = 19;

  private static final int STAGE_TABLES = 6;

  /**
   * The register that the flags below lie in. Its upper bits, from {@link #SHARD_SHIFT}, are always
   * zero inside the pipeline up to {@link #ENTERED}: {@link Conjunctions} matches on them to tell
   * two flows apart that match the same packets.
   */
  static final int FLAGS = 8;

  /** Where a packet came in. */
  static final RegisterField CLASS = new RegisterField(FLAGS, 0, 2);

  static final int CLASS_POD = 1;
  static final int CLASS_HOST = 2;
  static final int CLASS_OUTSIDE = 3;

  /** The bit of {@link #CLASS} that host and outside share. */
  static final RegisterField NOT_POD = new RegisterField(FLAGS, 1, 1);

  /** Came from an endpoint that is isolated or denied something. */
  static final RegisterField GUARDED_SOURCE = new RegisterField(FLAGS, 2, 1);

  /** Has not passed the policy tables. */
  static final RegisterField UNJUDGED = new RegisterField(FLAGS, 3, 1);

  /** Checked ARP or neighbour discovery. */
  static final RegisterField NEIGHBOUR = new RegisterField(FLAGS, 4, 1);

  /** SCTP: the table of replies was asked; see {@link SctpTracking}. */
  static final RegisterField LOOKED_UP = new RegisterField(FLAGS, 5, 1);

  /** SCTP: goes against the direction in which its association was opened. */
  static final RegisterField REPLY = new RegisterField(FLAGS, 6, 1);

  /** SCTP: its addresses are swapped for now. */
  static final RegisterField SWAPPED = new RegisterField(FLAGS, 7, 1);

  /** The lowest of the bits that are always zero, which end before {@link #ENTERED}. */
  static final int SHARD_SHIFT = 8;

  /**
   * One more than the first table of the layout that a packet entered by; 0 of packets that did not
   * enter there, which are dropped: no flow of others may lead past the guard. A packet that
   * connection tracking hands back goes on in the table that was named when it was handed over;
   * when the tables have moved meanwhile, this tells that it is one of the old ones. See {@link
   * Latecomers}.
   */
  static final RegisterField ENTERED = new RegisterField(FLAGS, 24, 8);

  /** Of a denied packet: the tag of the rule that denies it, for the sample. */
  static final RegisterField DENIED_TAG = RegisterField.whole(10);

  /** Of a denied packet: the kind of the flow that denies it. */
  static final RegisterField DENIED_KIND = RegisterField.whole(11);

  /** For which holder of an address the stage runs, from 0. */
  static final int HOLDER = 9;

  Layout {
    if (first < 0 || first + TABLES > 254) {
      throw new IllegalArgumentException("firstTable is 0 to " + (254 - TABLES) + ", not " + first);
    }
  }

  int ports() {
    return first;
  }

  int guard() {
    return first + 1;
  }

  int state() {
    return first + 2;
  }

  private int stage(Direction direction) {
    return first + (direction == Direction.EGRESS ? 3 : 3 + STAGE_TABLES);
  }

  /** The table of a tier. */
  int tier(Direction direction, Tier tier) {
    return stage(direction)
        + switch (tier) {
          case SYSTEM -> 0;
          case ADMIN -> 1;
          case NAMESPACED -> 2;
          case BASELINE -> 4;
        };
  }

  /** Where endpoints are denied that no rule of {@link Tier#NAMESPACED} allowed. */
  int isolation(Direction direction) {
    return stage(direction) + 3;
  }

  /** Where a packet goes on that this direction allows. */
  int next(Direction direction) {
    return stage(direction) + 5;
  }

  int commit() {
    return first + 3 + 2 * STAGE_TABLES;
  }

  int deliver() {
    return commit() + 1;
  }

  /** Where replies of SCTP are learned; see {@link SctpTracking}. */
  int replies() {
    return deliver() + 1;
  }

  /** Where samples of denied packets are taken. */
  int denied() {
    return replies() + 1;
  }

  /** The value of {@link #FLAGS} that packets enter with. */
  int entering(int bits) {
    return ENTERED.shifted(mark()) | bits;
  }

  /** The value of {@link #ENTERED} of packets that entered by this layout. */
  int mark() {
    return first + 1;
  }

  /** The value of {@link #ENTERED} of packets that come back to this table, if it is a state's. */
  static int markOfState(int table) {
    return table - 1;
  }

  /** Whether a table is one of the pipeline's. */
  boolean contains(int table) {
    return table >= first && table < first + TABLES;
  }
}
