package io.sluice.datapath.ovs.openflow;

/**
 * What makes a flow one flow: adding another with the same key replaces it.
 *
 * @param table the table, 0 to 254; 255 stands for all in a deletion
 * @param priority the priority, 0 to 65535
 * @param match the match
 */
public record FlowKey(int table, int priority, Match match) {
  @Override
  public int hashCode() {
    return (match.hashCode() * 31 + priority) * 31 + table;
  }
}
