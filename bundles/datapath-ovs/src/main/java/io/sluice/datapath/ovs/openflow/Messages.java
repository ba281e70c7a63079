package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;

/** Message types and the header of OpenFlow 1.5 (OpenFlow 1.5.1 section 7.1). */
final class Messages {
  static final int VERSION = 6;
  static final int HEADER = 8;

  /** A message's length is a 16-bit number. */
  static final int MAX_LENGTH = 0xffff;

  static final int HELLO = 0;
  static final int ERROR = 1;
  static final int ECHO_REQUEST = 2;
  static final int ECHO_REPLY = 3;
  static final int EXPERIMENTER = 4;
  static final int FEATURES_REQUEST = 5;
  static final int FEATURES_REPLY = 6;
  static final int SET_CONFIG = 9;
  static final int PACKET_IN = 10;
  static final int PACKET_OUT = 13;
  static final int FLOW_MOD = 14;
  static final int MULTIPART_REQUEST = 18;
  static final int MULTIPART_REPLY = 19;
  static final int BARRIER_REQUEST = 20;
  static final int BARRIER_REPLY = 21;
  static final int SET_ASYNC = 28;
  static final int METER_MOD = 29;
  static final int BUNDLE_CONTROL = 33;
  static final int BUNDLE_ADD = 34;

  /** OFP_NO_BUFFER. */
  static final int NO_BUFFER = -1;

  private Messages() {}

  /** Writes a header whose length {@link #end} fills in; returns where it is. */
  static int begin(ByteBuffer out, int type, int xid) {
    int start = out.position();
    out.put((byte) VERSION).put((byte) type).putShort((short) 0).putInt(xid);
    return start;
  }

  /** Fills in the length of the message that begins at {@code start}. */
  static void end(ByteBuffer out, int start) {
    int length = out.position() - start;
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("an OpenFlow message of " + length + " bytes");
    }
    out.putShort(start + 2, (short) length);
  }

  /** Writes a message without a body. */
  static void empty(ByteBuffer out, int type, int xid) {
    end(out, begin(out, type, xid));
  }
}
