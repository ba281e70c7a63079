package io.sluice.datapath.ovs.openflow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Agreement on the version (OpenFlow 1.5.1 section 6.3.1 and 7.5.1). */
final class Handshake {
  private static final int VERSION_BITMAP = 1;
  private static final String REMEDY =
      "; allow it with: ovs-vsctl add bridge <bridge> protocols OpenFlow15";

  private Handshake() {}

  static void putHello(ByteBuffer out, int xid) {
    int start = Messages.begin(out, Messages.HELLO, xid);
    out.putShort((short) VERSION_BITMAP).putShort((short) 8).putInt(1 << Messages.VERSION);
    Messages.end(out, start);
  }

  /**
   * Checks the first message of the other side.
   *
   * @throws IOException if it is no agreement on OpenFlow 1.5
   */
  static void check(int version, int type, ByteBuffer body) throws IOException {
    if (type == Messages.ERROR) {
      byte[] text = new byte[Math.max(0, body.remaining() - 4)];
      body.get(body.position() + 4, text);
      throw new IOException(
          "it refuses OpenFlow 1.5: " + new String(text, StandardCharsets.US_ASCII) + REMEDY);
    }
    if (type != Messages.HELLO) {
      throw new IOException("it said no hello, but a message of type " + type);
    }
    if (!speaks(version, body)) {
      throw new IOException("it does not speak OpenFlow 1.5" + REMEDY);
    }
  }

  private static boolean speaks(int version, ByteBuffer elements) {
    while (elements.remaining() >= 8) {
      int start = elements.position();
      int type = elements.getShort();
      int length = Short.toUnsignedInt(elements.getShort());
      if (type == VERSION_BITMAP) {
        return (elements.getInt() & 1 << Messages.VERSION) != 0;
      }
      int next = start + length + MatchCodec.pad(length);
      if (length < 4 || next > elements.limit()) {
        return false;
      }
      elements.position(next);
    }
    return version >= Messages.VERSION;
  }
}
