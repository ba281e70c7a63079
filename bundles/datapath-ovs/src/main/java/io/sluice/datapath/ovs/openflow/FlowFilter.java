package io.sluice.datapath.ovs.openflow;

/**
 * Which flows are meant.
 *
 * @param table a table, or {@link #ALL_TABLES}
 * @param cookie the cookie's bits
 * @param cookieMask which of them must be equal; 0 for any cookie
 */
public record FlowFilter(int table, long cookie, long cookieMask) {
  /** OFPTT_ALL. */
  public static final int ALL_TABLES = 0xff;

  /** Every flow. */
  public static FlowFilter all() {
    return new FlowFilter(ALL_TABLES, 0, 0);
  }

  /** The flows of any table with these cookie bits. */
  public static FlowFilter cookie(long cookie, long cookieMask) {
    return new FlowFilter(ALL_TABLES, cookie, cookieMask);
  }
}
