package io.sluice.datapath.nftables.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message (netlink(7)).
 *
 * @param type its type
 * @param body what follows the header
 */
record NetlinkMessage(int type, ByteBuffer body) {
  static final int HEADER = 16;
  static final int ERROR = 2;
  static final int DONE = 3;
  static final int REQUEST = 1;
  static final int ACK = 4;
  static final int DUMP = 0x300;

  /** Room for a message of the host's byte order. */
  static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
  }

  /** A message with its header. */
  static byte[] encode(int type, int flags, int sequence, ByteBuffer body) {
    byte[] bytes = new byte[HEADER + body.remaining()];
    ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    message.putInt(bytes.length).putShort((short) type).putShort((short) flags);
    message.putInt(sequence).putInt(0).put(body.duplicate());
    return bytes;
  }

  /** Takes a datagram apart. */
  static List<NetlinkMessage> decode(byte[] datagram) {
    List<NetlinkMessage> messages = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    int at = 0;
    while (datagram.length - at >= HEADER) {
      int length = rest.getInt(at);
      if (length < HEADER || length > datagram.length - at) {
        break;
      }
      ByteBuffer body = rest.slice(at + HEADER, length - HEADER).order(ByteOrder.nativeOrder());
      messages.add(new NetlinkMessage(rest.getShort(at + 4) & 0xffff, body));
      at += align(length);
    }
    return messages;
  }

  /**
   * The attributes in the body, by type; of a type that occurs twice the last.
   *
   * @param from how long the fixed part before them is
   */
  Map<Integer, ByteBuffer> attributes(int from) {
    return attributes(body, from);
  }

  /** The attributes nested in another. */
  static Map<Integer, ByteBuffer> attributes(ByteBuffer body, int from) {
    Map<Integer, ByteBuffer> attributes = new HashMap<>();
    int at = align(from);
    while (body.limit() - at >= 4) {
      int length = body.getShort(at) & 0xffff;
      if (length < 4 || length > body.limit() - at) {
        break;
      }
      int type = body.getShort(at + 2) & 0x3fff;
      attributes.put(type, body.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
      at += align(length);
    }
    return attributes;
  }

  /** The text of an attribute, without the zero at its end. */
  static String text(ByteBuffer attribute) {
    byte[] bytes = bytes(attribute);
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return new String(bytes, 0, length, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The bytes of an attribute. */
  static byte[] bytes(ByteBuffer attribute) {
    byte[] bytes = new byte[attribute.limit()];
    attribute.get(0, bytes);
    return bytes;
  }

  private static int align(int length) {
    return (length + 3) & ~3;
  }
}
