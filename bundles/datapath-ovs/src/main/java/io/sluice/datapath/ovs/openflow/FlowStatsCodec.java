package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Flow descriptions (OFPMP_FLOW_DESC, OpenFlow 1.5.1 section 7.3.5.2) with their counters as OXS
 * fields (section 7.2.4).
 */
final class FlowStatsCodec {
  private static final int FLOW_DESC = 1;
  private static final int MORE = 1;
  private static final int OXS_BASIC = 0x8002;
  private static final int PACKET_COUNT = 4;
  private static final int BYTE_COUNT = 5;

  private FlowStatsCodec() {}

  static void putRequest(ByteBuffer out, int xid, FlowFilter filter) {
    int start = Messages.begin(out, Messages.MULTIPART_REQUEST, xid);
    out.putShort((short) FLOW_DESC)
        .putShort((short) 0)
        .putInt(0)
        .put((byte) filter.table())
        .put(new byte[3])
        .putInt(PortNumber.ANY)
        .putInt(PortNumber.ANY) // group: any
        .putInt(0)
        .putLong(filter.cookie())
        .putLong(filter.cookieMask());
    MatchCodec.putPadded(out, Match.any());
    Messages.end(out, start);
  }

  /**
   * Reads one reply of possibly several.
   *
   * @param body behind the message's header
   * @return whether more replies follow
   */
  static boolean readReply(ByteBuffer body, Consumer<FlowStats> each) {
    int type = body.getShort();
    boolean more = (body.getShort() & MORE) != 0;
    if (type != FLOW_DESC) {
      throw new MalformedException("a multipart reply of type " + type);
    }
    body.getInt();
    while (body.hasRemaining()) {
      int start = body.position();
      int length = Short.toUnsignedInt(body.getShort(start));
      if (length < 32 || length > body.remaining()) {
        throw new MalformedException("a flow description of " + length + " bytes");
      }
      each.accept(readOne(body.slice(start, length)));
      body.position(start + length);
    }
    return more;
  }

  private static FlowStats readOne(ByteBuffer in) {
    int table = in.get(4) & 0xff;
    int priority = Short.toUnsignedInt(in.getShort(6));
    long cookie = in.getLong(16);
    Match match = MatchCodec.readPadded(in.position(24));
    long packets = 0;
    long bytes = 0;
    int stats = in.position();
    int length = Short.toUnsignedInt(in.getShort(stats + 2));
    int at = stats + 4;
    while (at < stats + length) {
      int header = in.getInt(at);
      if (header >>> 16 == OXS_BASIC && (header & 0xff) == 8) {
        switch (header >>> 9 & 0x7f) {
          case PACKET_COUNT -> packets = in.getLong(at + 4);
          case BYTE_COUNT -> bytes = in.getLong(at + 4);
          default -> {}
        }
      }
      at += 4 + (header & 0xff);
    }
    in.position(stats + length + MatchCodec.pad(length));
    Flow flow = new Flow(table, priority, cookie, match, InstructionCodec.read(in));
    return new FlowStats(flow, packets, bytes);
  }
}
