package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;

/** Meter mods (OpenFlow 1.5.1 section 7.3.4.5). */
final class MeterCodec {
  private static final int PACKETS_PER_SECOND = 1 << 1;
  private static final int BURST = 1 << 2;
  private static final int DROP = 1;

  private MeterCodec() {}

  static void put(ByteBuffer out, int xid, MeterMod mod) {
    int start = Messages.begin(out, Messages.METER_MOD, xid);
    int command =
        switch (mod.command()) {
          case ADD -> 0;
          case MODIFY -> 1;
          case DELETE -> 2;
        };
    boolean deletes = mod.command() == MeterMod.Command.DELETE;
    out.putShort((short) command)
        .putShort((short) (deletes ? 0 : PACKETS_PER_SECOND | BURST))
        .putInt(mod.id());
    if (!deletes) {
      out.putShort((short) DROP)
          .putShort((short) 16)
          .putInt(mod.packetsPerSecond())
          .putInt(mod.burst())
          .putInt(0);
    }
    Messages.end(out, start);
  }
}
