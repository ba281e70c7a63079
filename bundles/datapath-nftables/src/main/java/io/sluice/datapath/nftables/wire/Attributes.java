package io.sluice.datapath.nftables.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes attributes of netlink, one in another. Numbers are in network order. */
final class Attributes {
  /** How long an attribute can be; its length is a number of 16 bits. */
  static final int LONGEST = 0xffff;

  private static final int HEADER = 4;
  private static final int NESTED = 0x8000;

  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());

  /** Makes room for so many bytes more. */
  ByteBuffer room(int size) {
    if (buffer.remaining() < size) {
      int capacity = Math.addExact(Math.max(buffer.capacity(), size), buffer.capacity());
      buffer = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(buffer.flip());
    }
    return buffer;
  }

  /** Where the next byte goes. */
  int position() {
    return buffer.position();
  }

  /** Forgets what was written from here on. */
  void back(int position) {
    buffer.position(position);
  }

  /** Sets the length of a message that began here. */
  void close(int message) {
    buffer.putInt(message, buffer.position() - message);
  }

  /** What has been written. */
  byte[] bytes() {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /** Begins an attribute that holds others; answers where it begins. */
  int begin(int type) {
    int at = buffer.position();
    room(HEADER).putShort((short) 0).putShort((short) (type | NESTED));
    return at;
  }

  /** Ends one. */
  void end(int begun) {
    buffer.putShort(begun, (short) (buffer.position() - begun));
  }

  void bytes(int type, byte... value) {
    int padding = -value.length & 3;
    room(HEADER + value.length + padding);
    buffer.putShort((short) (HEADER + value.length)).putShort((short) type).put(value);
    for (int i = 0; i < padding; i++) {
      buffer.put((byte) 0);
    }
  }

  void text(int type, String value) {
    bytes(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  void number(int type, int value) {
    bytes(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  void shortNumber(int type, int value) {
    bytes(type, ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  void longNumber(int type, long value) {
    bytes(type, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }
}
