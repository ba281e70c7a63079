package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;
import java.util.List;

/** Packets from and to the controller (OpenFlow 1.5.1 sections 7.3.6 and 7.4.1). */
final class PacketCodec {
  private PacketCodec() {}

  /**
   * Reads a packet-in.
   *
   * @param body behind the message's header
   */
  static PacketIn readPacketIn(ByteBuffer body) {
    body.getInt();
    int totalLength = Short.toUnsignedInt(body.getShort());
    body.get();
    int table = body.get() & 0xff;
    long cookie = body.getLong();
    Match metadata = MatchCodec.readPadded(body);
    byte[] packet = new byte[body.position(body.position() + 2).remaining()];
    body.get(packet);
    return new PacketIn(cookie, table, totalLength, metadata, packet);
  }

  static void putPacketOut(
      ByteBuffer out, int xid, int inPort, byte[] packet, List<Action> actions) {
    int start = Messages.begin(out, Messages.PACKET_OUT, xid);
    out.putInt(Messages.NO_BUFFER)
        .putShort((short) ActionCodec.length(actions))
        .putShort((short) 0);
    MatchCodec.putPadded(out, Match.builder().inPort(inPort).build());
    for (Action action : actions) {
      ActionCodec.put(out, action);
    }
    out.put(packet);
    Messages.end(out, start);
  }

  static int packetOutLength(byte[] packet, List<Action> actions) {
    Match inPort = Match.builder().inPort(PortNumber.LOCAL).build();
    return 16 + MatchCodec.paddedLength(inPort) + ActionCodec.length(actions) + packet.length;
  }

  /** Asks for whole packets and for those that a flow sends, in whatever role. */
  static void putReceive(ByteBuffer out, int configXid, int asyncXid) {
    int start = Messages.begin(out, Messages.SET_CONFIG, configXid);
    out.putShort((short) 0).putShort((short) 0xffff);
    Messages.end(out, start);
    start = Messages.begin(out, Messages.SET_ASYNC, asyncXid);
    // OFPACPT_PACKET_IN_MASTER, of the reasons: OFPR_APPLY_ACTION (bit 1) only.
    out.putShort((short) 1).putShort((short) 8).putInt(1 << 1);
    Messages.end(out, start);
  }
}
