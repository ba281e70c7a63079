package io.sluice.datapath.ovs.openflow;

import io.sluice.datapath.ovs.openflow.FlowEvent.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Flow monitors (OFPMP_FLOW_MONITOR, OpenFlow 1.5.1 section 7.3.5.18). */
final class FlowMonitorCodec {
  /** The multipart type. */
  static final int FLOW_MONITOR = 16;

  private static final int MONITOR_ID = 1;
  private static final int FLAGS_ADD_REMOVED_MODIFY_INSTRUCTIONS = 2 | 4 | 8 | 16;

  private static final int ADDED = 1;
  private static final int REMOVED = 2;
  private static final int MODIFIED = 3;
  private static final int PAUSED = 5;
  private static final int FULL = 24;

  private FlowMonitorCodec() {}

  /** Asks to be told of every change in every table; of one's own only in short. */
  static void putRequest(ByteBuffer out, int xid) {
    int start = Messages.begin(out, Messages.MULTIPART_REQUEST, xid);
    out.putShort((short) FLOW_MONITOR)
        .putShort((short) 0)
        .putInt(0)
        .putInt(MONITOR_ID)
        .putInt(PortNumber.ANY)
        .putInt(PortNumber.ANY) // group: any
        .putShort((short) FLAGS_ADD_REMOVED_MODIFY_INSTRUCTIONS)
        .put((byte) FlowFilter.ALL_TABLES)
        .put((byte) 0); // OFPFMC_ADD
    MatchCodec.putPadded(out, Match.any());
    Messages.end(out, start);
  }

  /** Whether a multipart reply tells of changes. */
  static boolean isUpdate(ByteBuffer body) {
    return body.remaining() >= 8 && body.getShort(body.position()) == FLOW_MONITOR;
  }

  /**
   * Reads the changes.
   *
   * @param body behind the message's header
   */
  static void read(ByteBuffer body, Consumer<FlowEvent> each) {
    body.position(body.position() + 8);
    while (body.hasRemaining()) {
      int start = body.position();
      int length = Short.toUnsignedInt(body.getShort(start));
      if (length < 8 || length > body.remaining()) {
        throw new MalformedException("a flow update of " + length + " bytes");
      }
      readOne(body.slice(start, length), each);
      body.position(start + length);
    }
  }

  private static void readOne(ByteBuffer in, Consumer<FlowEvent> each) {
    switch (in.getShort(2)) {
      case ADDED -> each.accept(new FlowEvent(Kind.ADDED, flow(in)));
      case REMOVED -> each.accept(new FlowEvent(Kind.REMOVED, flow(in)));
      case MODIFIED -> each.accept(new FlowEvent(Kind.MODIFIED, flow(in)));
      case PAUSED -> each.accept(FlowEvent.lost());
      default -> {} // one's own changes, and that events are told again
    }
  }

  private static Flow flow(ByteBuffer in) {
    if (in.limit() < FULL) {
      throw new MalformedException("a full flow update of " + in.limit() + " bytes");
    }
    int table = in.get(4) & 0xff;
    int priority = Short.toUnsignedInt(in.getShort(10));
    long cookie = in.getLong(16);
    Match match = MatchCodec.readPadded(in.position(FULL));
    List<Action> actions = InstructionCodec.read(in);
    return new Flow(table, priority, cookie, match, actions);
  }
}
