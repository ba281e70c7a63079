package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Flow descriptions (OFPMP_FLOW_DESC, OpenFlow 1.5.1 section 7.3.5.2) with their counters as OXS
 * fields (section 7.2.4).
 */
final class FlowStatsCodec {
  /**
   * At most this long is a reply with one flow, without match and instructions: headers, counters,
   * and what a match grows by because the switch describes registers in eight pairs.
   */
  static final int FIXED = 16 + 24 + 64 + 8 * 12;

  private static final int FLOW_DESC = 1;
  private static final int AGGREGATE_STATS = 2;
  private static final int MORE = 1;
  private static final int OXS_BASIC = 0x8002;
  private static final int FLOW_COUNT = 3;
  private static final int PACKET_COUNT = 4;
  private static final int BYTE_COUNT = 5;

  private FlowStatsCodec() {}

  static void putRequest(ByteBuffer out, int xid, FlowFilter filter) {
    putRequest(out, xid, FLOW_DESC, filter);
  }

  private static void putRequest(ByteBuffer out, int xid, int type, FlowFilter filter) {
    int start = Messages.begin(out, Messages.MULTIPART_REQUEST, xid);
    out.putShort((short) type)
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
    int stats = in.position();
    int length = Short.toUnsignedInt(in.getShort(stats + 2));
    long packets = counter(in, stats, PACKET_COUNT);
    long bytes = counter(in, stats, BYTE_COUNT);
    in.position(stats + length + MatchCodec.pad(length));
    Flow flow = new Flow(table, priority, cookie, match, InstructionCodec.read(in));
    return new FlowStats(flow, packets, bytes, in.getInt(8) != 0);
  }

  /** A counter out of an {@code ofp_stats} that begins at {@code start}; 0 if it is not there. */
  private static long counter(ByteBuffer in, int start, int field) {
    int end = start + Short.toUnsignedInt(in.getShort(start + 2));
    int at = start + 4;
    while (at < end) {
      int header = in.getInt(at);
      int length = header & 0xff;
      if (header >>> 9 == (OXS_BASIC << 7 | field)) {
        return length == 8 ? in.getLong(at + 4) : Integer.toUnsignedLong(in.getInt(at + 4));
      }
      at += 4 + length;
    }
    return 0;
  }

  static void putCountRequest(ByteBuffer out, int xid, FlowFilter filter) {
    putRequest(out, xid, AGGREGATE_STATS, filter);
  }

  /**
   * Reads how many flows there are (section 7.3.5.4).
   *
   * @param body behind the message's header
   */
  static long readCount(ByteBuffer body) {
    int start = body.position();
    if (body.getShort(start) != AGGREGATE_STATS) {
      throw new MalformedException("a multipart reply of type " + body.getShort(start));
    }
    return counter(body, start + 8, FLOW_COUNT);
  }
}
