package io.sluice.datapath.ovs.openflow;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One flow: what it matches, and what happens to a packet that does.
 *
 * @param key its table, priority and match
 * @param cookie the owner's mark
 * @param actions what happens, in order; none drops the packet
 */
public record Flow(FlowKey key, long cookie, List<Action> actions) {
  /**
   * How many conjunction actions one flow can hold, whatever its match: an OpenFlow message ends at
   * 65,535 bytes. {@link #fits} says it exactly.
   */
  public static final int MAX_CONJUNCTIONS = 4_000;

  /** Copies the actions. */
  public Flow {
    actions = List.copyOf(actions);
    if (key.table() < 0 || key.table() > 0xff) {
      throw new IllegalArgumentException("tables are 0 to 255, not " + key.table());
    }
    if (key.priority() < 0 || key.priority() > 0xffff) {
      throw new IllegalArgumentException("priorities are 0 to 65535, not " + key.priority());
    }
  }

  /** A flow. */
  public Flow(int table, int priority, long cookie, Match match, List<Action> actions) {
    this(new FlowKey(table, priority, match), cookie, actions);
  }

  /** A flow. */
  public static Flow of(int table, int priority, long cookie, Match match, Action... actions) {
    return new Flow(table, priority, cookie, match, List.of(actions));
  }

  /** The table. */
  public int table() {
    return key.table();
  }

  /** The priority; higher ones are looked at first. */
  public int priority() {
    return key.priority();
  }

  /** The match. */
  public Match match() {
    return key.match();
  }

  /**
   * Whether it fits into one OpenFlow message, be it to add it or to read it back. The switch would
   * take a slightly longer one, but leave it out of a dump without a word.
   */
  public boolean fits() {
    return FlowModCodec.longestLength(this) <= Messages.MAX_LENGTH;
  }

  /** In the notation of {@code ovs-ofctl add-flow}. */
  @Override
  public String toString() {
    String matched = match().toString();
    return "cookie=0x%x, table=%d, priority=%d%s actions=%s"
        .formatted(
            cookie,
            table(),
            priority(),
            matched.isEmpty() ? "" : "," + matched,
            actions.isEmpty()
                ? "drop"
                : actions.stream().map(Action::toString).collect(Collectors.joining(",")));
  }
}
