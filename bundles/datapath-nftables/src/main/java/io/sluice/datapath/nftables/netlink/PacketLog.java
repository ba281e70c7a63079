package io.sluice.datapath.nftables.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what rules log to a group ({@code log group N} of nft(8)). One reader a group. */
public final class PacketLog implements AutoCloseable {
  private static final int SUBSYSTEM = 4 << 8;
  private static final int CONFIGURE = SUBSYSTEM | 1;
  private static final int NFGENMSG = 4;
  private static final int COMMAND = 1;
  private static final int MODE = 2;
  private static final int TIMEOUT = 4;
  private static final int QUEUE_THRESHOLD = 5;
  private static final byte BIND = 1;
  private static final byte COPY_PACKET = 2;
  private static final int PAYLOAD = 9;
  private static final int PREFIX = 10;
  private static final int COPIED = 128;
  private static final int TICKS = 10;
  private static final int RECEIVE_BUFFER = 1 << 20;

  private final NetlinkSocket socket;
  private long overruns;

  /**
   * Begins to read.
   *
   * @param group the group, 0 to 65535
   * @throws IOException if another program reads this group, for example
   */
  public PacketLog(int group) throws IOException {
    socket = NetlinkSocket.open(NetlinkSocket.NETFILTER, RECEIVE_BUFFER);
    try {
      ByteBuffer bind = message(group);
      bind.putShort((short) 5).putShort((short) COMMAND).put(BIND).put(new byte[3]);
      configure(bind);
      ByteBuffer how = message(group);
      how.putShort((short) 10).putShort((short) MODE).order(ByteOrder.BIG_ENDIAN).putInt(COPIED);
      how.order(ByteOrder.nativeOrder()).put(COPY_PACKET).put((byte) 0).putShort((short) 0);
      number(how, TIMEOUT, TICKS);
      number(how, QUEUE_THRESHOLD, 1);
      configure(how);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static ByteBuffer message(int group) {
    ByteBuffer message = NetlinkMessage.room(64);
    message.put((byte) 0).put((byte) 0).order(ByteOrder.BIG_ENDIAN).putShort((short) group);
    return message.order(ByteOrder.nativeOrder());
  }

  private static void number(ByteBuffer message, int type, int value) {
    message.putShort((short) 8).putShort((short) type);
    message.order(ByteOrder.BIG_ENDIAN).putInt(value).order(ByteOrder.nativeOrder());
  }

  private void configure(ByteBuffer message) throws IOException {
    socket.request(CONFIGURE, NetlinkMessage.ACK, message.flip());
  }

  /** What was logged since this was asked last. */
  public List<LoggedPacket> poll() throws IOException {
    List<LoggedPacket> packets = new ArrayList<>();
    while (true) {
      List<NetlinkMessage> messages;
      try {
        messages = socket.poll();
      } catch (NetlinkSocket.OverrunException e) {
        overruns++;
        continue;
      }
      if (messages.isEmpty()) {
        return packets;
      }
      for (NetlinkMessage message : messages) {
        Map<Integer, ByteBuffer> attributes = message.attributes(NFGENMSG);
        ByteBuffer payload = attributes.get(PAYLOAD);
        ByteBuffer prefix = attributes.get(PREFIX);
        if (payload != null && prefix != null) {
          packets.add(
              new LoggedPacket(NetlinkMessage.text(prefix), payload.order(ByteOrder.BIG_ENDIAN)));
        }
      }
    }
  }

  /** How often packets were lost, because they came faster than they were read. */
  public long overruns() {
    return overruns;
  }

  @Override
  public void close() {
    socket.close();
  }
}
