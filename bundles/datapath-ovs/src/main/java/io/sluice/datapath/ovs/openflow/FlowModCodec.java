package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;

/** Flow mods (OpenFlow 1.5.1 section 7.3.4.2), alone and as parts of a bundle (7.3.9). */
final class FlowModCodec {
  private static final int FIXED = 48;
  private static final int BUNDLE_HEADER = 16;

  private FlowModCodec() {}

  /**
   * Length in bytes of the longest message that this flow is ever the only one in: a bundled flow
   * mod, or a reply that describes it.
   */
  static int longestLength(Flow flow) {
    return Math.max(BUNDLE_HEADER + FIXED, FlowStatsCodec.FIXED)
        + MatchCodec.paddedLength(flow.match())
        + InstructionCodec.length(flow.actions());
  }

  /** Writes a flow mod as a part of a bundle; both messages have one transaction id. */
  static void putBundled(ByteBuffer out, FlowMod mod, int xid, int bundle, int flags) {
    int start = Messages.begin(out, Messages.BUNDLE_ADD, xid);
    out.putInt(bundle).putShort((short) 0).putShort((short) flags);
    put(out, mod, xid);
    Messages.end(out, start);
  }

  private static void put(ByteBuffer out, FlowMod mod, int xid) {
    Flow flow = mod.flow();
    int start = Messages.begin(out, Messages.FLOW_MOD, xid);
    out.putLong(flow.cookie())
        .putLong(mod.cookieMask())
        .put((byte) flow.table())
        .put((byte) mod.command().code())
        .putShort((short) 0) // idle timeout: none
        .putShort((short) 0) // hard timeout: none
        .putShort((short) flow.priority())
        .putInt(Messages.NO_BUFFER)
        .putInt(PortNumber.ANY)
        .putInt(PortNumber.ANY) // group: any
        .putShort((short) 0) // flags
        .putShort((short) 0); // importance
    MatchCodec.putPadded(out, flow.match());
    InstructionCodec.put(out, flow.actions());
    Messages.end(out, start);
  }
}
