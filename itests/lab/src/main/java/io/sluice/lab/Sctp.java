package io.sluice.lab;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** SCTP packets with one chunk (RFC 9260 sections 3.1, 3.3.2, 3.3.3). */
public final class Sctp {
  private static final int INIT = 1;
  private static final int INIT_ACK = 2;
  private static final int HEADER = 12;
  private static final int INIT_LENGTH = 20;
  private static final int STATE_COOKIE = 7;

  private Sctp() {}

  /**
   * An INIT.
   *
   * @param tag the initiate tag, not 0: what the answer carries as verification tag
   */
  public static byte[] init(int sourcePort, int destinationPort, int tag) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + INIT_LENGTH);
    header(packet, sourcePort, destinationPort, 0);
    chunk(packet, INIT, INIT_LENGTH, tag);
    return checksummed(packet.array());
  }

  /** The INIT ACK to an INIT. */
  public static byte[] initAck(byte[] init) {
    ByteBuffer packet = ByteBuffer.allocate(HEADER + INIT_LENGTH + 8);
    int peerTag = ByteBuffer.wrap(init).getInt(HEADER + 4);
    header(
        packet, /* source= */ destinationPort(init), /* destination= */ sourcePort(init), peerTag);
    chunk(packet, INIT_ACK, INIT_LENGTH + 8, ~peerTag | 1);
    packet.putShort((short) STATE_COOKIE).putShort((short) 8).putInt(0x736c7563);
    return checksummed(packet.array());
  }

  private static void header(ByteBuffer packet, int source, int destination, int tag) {
    packet.putShort((short) source).putShort((short) destination).putInt(tag).putInt(0);
  }

  private static void chunk(ByteBuffer packet, int type, int length, int tag) {
    packet.put((byte) type).put((byte) 0).putShort((short) length);
    packet.putInt(tag).putInt(65_536).putShort((short) 1).putShort((short) 1).putInt(1);
  }

  private static byte[] checksummed(byte[] packet) {
    CRC32C crc = new CRC32C();
    crc.update(packet);
    ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue());
    return packet;
  }

  static boolean isInit(byte[] packet) {
    return packet.length >= HEADER + INIT_LENGTH && packet[HEADER] == INIT;
  }

  static boolean isInitAck(byte[] packet) {
    return packet.length >= HEADER + INIT_LENGTH && packet[HEADER] == INIT_ACK;
  }

  static int sourcePort(byte[] packet) {
    return ByteBuffer.wrap(packet).getShort(0) & 0xffff;
  }

  static int destinationPort(byte[] packet) {
    return ByteBuffer.wrap(packet).getShort(2) & 0xffff;
  }

  static int verificationTag(byte[] packet) {
    return ByteBuffer.wrap(packet).getInt(4);
  }
}
