package io.sluice.datapath.ovs.openflow;

import java.util.List;

/**
 * A change of a flow that somebody else made, over another connection or by a timeout (OpenFlow
 * 1.5.1 section 7.3.5.18).
 *
 * @param kind what happened
 * @param flow the flow, as it is now or was last
 */
public record FlowEvent(Kind kind, Flow flow) {
  /** OFPFME_*. */
  public enum Kind {
    /** A flow was added. */
    ADDED,
    /** A flow was removed. */
    REMOVED,
    /** A flow's actions or cookie changed. */
    MODIFIED,
    /**
     * There were too many events to tell; the tables have to be read to know. The flow is empty.
     */
    LOST
  }

  private static final Flow NONE = new Flow(0, 0, 0, Match.any(), List.of());

  /** Events were lost. */
  static FlowEvent lost() {
    return new FlowEvent(Kind.LOST, NONE);
  }
}
