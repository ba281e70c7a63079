package io.sluice.datapath.ovs.openflow;

import java.nio.ByteBuffer;

/** Lists of OXM fields (OpenFlow 1.5.1 section 7.2.3.2). */
final class MatchCodec {
  private static final int OXM_HEADER = 4;

  private MatchCodec() {}

  /** Reads OXM fields, in any order, until the buffer's limit. */
  static void read(ByteBuffer buffer, MatchBuilder into) {
    while (buffer.hasRemaining()) {
      int start = buffer.position();
      int header = buffer.getInt();
      int type = header >>> 9;
      boolean masked = (header & 0x100) != 0;
      int length = header & 0xff;
      if (length > buffer.remaining()) {
        throw new MalformedException("an OXM field is longer than its match");
      }
      Field field = Field.ofType(type).orElse(null);
      if (field != null && length == field.bytes() * (masked ? 2 : 1)) {
        Bits value = Bits.get(buffer, field.bytes());
        into.set(field, value, masked ? Bits.get(buffer, field.bytes()) : field.all());
      } else if (type >>> 7 == Oxm.PACKET_REGS && length == (masked ? 16 : 8)) {
        long value = buffer.getLong();
        into.registers((type & 0x7f) * 2, value, masked ? buffer.getLong() : -1L);
      } else {
        byte[] foreign = new byte[OXM_HEADER + length];
        buffer.get(start, foreign).position(start + foreign.length);
        into.foreign(foreign);
      }
    }
  }

  /** Length of one field's encoding. */
  static int length(FieldMatch match) {
    return OXM_HEADER + match.field().bytes() * (match.exact() ? 1 : 2);
  }

  /** Writes one field. */
  static void put(ByteBuffer buffer, FieldMatch match) {
    Field field = match.field();
    buffer.putInt(field.header(!match.exact()));
    match.value().put(buffer, field.bytes());
    if (!match.exact()) {
      match.mask().put(buffer, field.bytes());
    }
  }

  /** Reads a padded {@code ofp_match}. */
  static Match readPadded(ByteBuffer buffer) {
    int type = Short.toUnsignedInt(buffer.getShort());
    int length = Short.toUnsignedInt(buffer.getShort());
    if (type != 1 || length < OXM_HEADER || length - OXM_HEADER > buffer.remaining()) {
      throw new MalformedException("ofp_match of type " + type + ", length " + length);
    }
    MatchBuilder builder = new MatchBuilder();
    int end = buffer.position() + length - OXM_HEADER;
    int limit = buffer.limit();
    read(buffer.limit(end), builder);
    buffer.limit(limit).position(end + pad(length));
    return builder.build();
  }

  /** Length of the {@code ofp_match}, padding included. */
  static int paddedLength(Match match) {
    int length = OXM_HEADER + match.length();
    return length + pad(length);
  }

  /** Writes an {@code ofp_match} and its padding. */
  static void putPadded(ByteBuffer buffer, Match match) {
    int length = OXM_HEADER + match.length();
    buffer.putShort((short) 1).putShort((short) length);
    match.put(buffer);
    buffer.put(new byte[pad(length)]);
  }

  /** How much is missing to a multiple of 8. */
  static int pad(int length) {
    return -length & 7;
  }
}
