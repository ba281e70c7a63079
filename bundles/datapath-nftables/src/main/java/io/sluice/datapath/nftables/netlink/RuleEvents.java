package io.sluice.datapath.nftables.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * Notices that somebody else has changed our table. The kernel numbers the generations of its rules
 * and tells a group what each changed. We listen to it except while a transaction of our own runs;
 * what happens in between shows as a generation too many.
 */
public final class RuleEvents implements AutoCloseable {
  private static final int SUBSYSTEM = 10 << 8;
  private static final int NEW_GENERATION = SUBSYSTEM | 15;
  private static final int GET_GENERATION = SUBSYSTEM | 16;
  private static final int GROUP = 7;
  private static final int RECEIVE_BUFFER = 8 << 20;
  private static final int REQUEST_BUFFER = 1 << 20;
  private static final int NFGENMSG = 4;
  private static final byte INET = 1;

  private final String table;
  private final NetlinkSocket events;
  private final NetlinkSocket requests;
  private int before;

  /**
   * Begins to listen.
   *
   * @param table the table's name, of family {@code inet}
   */
  public RuleEvents(String table) throws IOException {
    this.table = table;
    this.events = NetlinkSocket.open(NetlinkSocket.NETFILTER, RECEIVE_BUFFER);
    this.requests = NetlinkSocket.open(NetlinkSocket.NETFILTER, REQUEST_BUFFER);
    events.join(GROUP);
  }

  /** The number of the rules' generation. */
  private int generation() throws IOException {
    ByteBuffer body = NetlinkMessage.room(NFGENMSG);
    for (NetlinkMessage message : requests.request(GET_GENERATION, 0, body)) {
      Optional<ByteBuffer> id = Optional.ofNullable(message.attributes(NFGENMSG).get(1));
      if (message.type() == NEW_GENERATION && id.isPresent()) {
        return id.get().order(ByteOrder.BIG_ENDIAN).getInt(0);
      }
    }
    throw new IOException("the kernel does not tell the generation of its rules");
  }

  /** A transaction of our own begins. */
  public void begin() throws IOException {
    events.leave(GROUP);
    before = generation();
  }

  /**
   * Our transaction has ended.
   *
   * @return whether somebody else may have changed something at the same time
   */
  public boolean end() throws IOException {
    int after = generation();
    events.join(GROUP);
    int now = generation();
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
    return message.type() != NEW_GENERATION
        && message.body().limit() > NFGENMSG
        && message.body().get(0) == INET
        && Optional.ofNullable(message.attributes(NFGENMSG).get(1))
            .filter(name -> NetlinkMessage.text(name).equals(table))
            .isPresent();
  }

  @Override
  public void close() {
    events.close();
    requests.close();
  }
}
