package io.sluice.datapath.ovs.openflow;

import java.util.List;

/**
 * One change of a flow table (OFPT_FLOW_MOD).
 *
 * @param command what to do
 * @param flow the flow; of one to delete only the key and the cookie matter
 * @param cookieMask for a change or deletion: which bits of the cookie must be equal; 0 for any
 */
public record FlowMod(Command command, Flow flow, long cookieMask) {
  /**
   * All bits of a cookie but the lowest. With all of them Open vSwitch does not look the flow up by
   * its key, but walks through every flow that has this cookie: 3 ms for one change among 100,000.
   */
  private static final long NEARLY_EXACT = ~1L;

  /** Only a deletion can mean all tables. */
  public FlowMod {
    if (flow.table() == FlowFilter.ALL_TABLES && command != Command.DELETE) {
      throw new IllegalArgumentException(command + " needs one table");
    }
  }

  /** OFPFC_*. */
  public enum Command {
    /** Adds the flow; one with the same key is replaced and its counters begin again. */
    ADD(0),
    /** Changes the actions of the flow with exactly this key; its counters go on. */
    MODIFY_STRICT(2),
    /** Deletes every flow that the match covers, at any priority; table 255 means all. */
    DELETE(3),
    /** Deletes the flow with exactly this key. */
    DELETE_STRICT(4);

    private final int code;

    Command(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** Adds or replaces. */
  public static FlowMod add(Flow flow) {
    return new FlowMod(Command.ADD, flow, 0);
  }

  /**
   * Changes the actions of a flow with the same key and cookie (its lowest bit aside), keeping its
   * counters.
   */
  public static FlowMod modify(Flow flow) {
    return new FlowMod(Command.MODIFY_STRICT, flow, NEARLY_EXACT);
  }

  /** Deletes the flow with this key if it has this cookie (its lowest bit aside). */
  public static FlowMod delete(Flow flow) {
    return new FlowMod(Command.DELETE_STRICT, flow, NEARLY_EXACT);
  }

  /** Deletes all the flows that a filter means. */
  public static FlowMod deleteAll(FlowFilter filter) {
    Flow all = new Flow(filter.table(), 0, filter.cookie(), Match.any(), List.of());
    return new FlowMod(Command.DELETE, all, filter.cookieMask());
  }

  /** Deletes the flow with this key whoever owns it. */
  public static FlowMod deleteAnyOwner(FlowKey key) {
    return new FlowMod(Command.DELETE_STRICT, new Flow(key, 0, List.of()), 0);
  }
}
