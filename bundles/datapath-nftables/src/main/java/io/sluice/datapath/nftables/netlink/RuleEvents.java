package io.sluice.datapath.nftables.netlink;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Notices that somebody else has changed our table. The kernel numbers the generations of its rules
 * and tells a group what each changed. We listen to it except while a transaction of our own runs;
 * what happens in between shows as a generation too many.
 */
public final class RuleEvents implements AutoCloseable {
  private static final int GROUP = 7;
  private static final int RECEIVE_BUFFER = 8 << 20;
  private static final int NFGENMSG = 4;
  private static final byte INET = 1;

  private final String table;
  private final NetlinkSocket events;
  private final Rules rules;
  private int before;

  /**
   * Begins to listen.
   *
   * @param table the table's name, of family {@code inet}
   * @param rules tells generations
   */
  public RuleEvents(String table, Rules rules) throws IOException {
    this.table = table;
    this.events = NetlinkSocket.open(NetlinkSocket.NETFILTER, RECEIVE_BUFFER);
    this.rules = rules;
    events.join(GROUP);
  }

  /** A transaction of our own begins. */
  public void begin() throws IOException {
    events.leave(GROUP);
    before = rules.generation();
  }

  /**
   * Our transaction has ended.
   *
   * @return whether somebody else may have changed something at the same time
   */
  public boolean end() throws IOException {
    int after = rules.generation();
    events.join(GROUP);
    int now = rules.generation();
    return now != after || after - before > 1;
  }

  /** Whether somebody else has changed our table, or may have, since this was asked last. */
  public boolean disturbed() throws IOException {
    boolean disturbed = false;
    while (true) {
      List<NetlinkMessage> messages;
      try {
        messages = events.poll();
      } catch (NetlinkSocket.OverrunException e) {
        disturbed = true;
        continue;
      }
      if (messages.isEmpty()) {
        return disturbed;
      }
      disturbed |= messages.stream().anyMatch(this::isOurs);
    }
  }

  /** In every message about a table, or what is in one, the first attribute is the table's name. */
  private boolean isOurs(NetlinkMessage message) {
    return message.type() != Rules.NEW_GENERATION
        && message.body().limit() > NFGENMSG
        && message.body().get(0) == INET
        && Optional.ofNullable(message.attributes(NFGENMSG).get(1))
            .filter(name -> NetlinkMessage.text(name).equals(table))
            .isPresent();
  }

  @Override
  public void close() {
    events.close();
  }
}
