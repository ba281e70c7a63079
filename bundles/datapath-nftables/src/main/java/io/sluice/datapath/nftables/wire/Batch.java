package io.sluice.datapath.nftables.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The messages of one transaction. */
final class Batch {
  static final int NEW_TABLE = 0;
  static final int DELETE_TABLE = 2;
  static final int NEW_CHAIN = 3;
  static final int DELETE_CHAIN = 5;
  static final int NEW_RULE = 6;
  static final int DELETE_RULE = 8;
  static final int NEW_SET = 9;
  static final int DELETE_SET = 11;
  static final int NEW_ELEMENTS = 12;
  static final int DELETE_ELEMENTS = 14;
  static final int NEW_OBJECT = 18;
  static final int DELETE_OBJECT = 20;

  private static final int HEADERS = 20;
  private static final int SUBSYSTEM = 10;
  private static final int BEGIN = 16;
  private static final int END = 17;
  private static final int REQUEST = 1;
  private static final int ACKNOWLEDGE = 4;
  private static final int CREATE = 0x400;
  private static final int APPEND = 0x800;
  private static final int FLAGS_AT = 6;
  private static final byte INET = 1;
  private static final byte ANY = 0;

  private final Attributes attributes = new Attributes();
  private final List<String> commands = new ArrayList<>();
  private int last;

  Batch() {
    message(BEGIN, REQUEST, ANY, SUBSYSTEM);
    commands.add("begin");
  }

  private int message(int type, int flags, byte family, int resource) {
    int at = attributes.position();
    ByteBuffer room = attributes.room(HEADERS);
    room.putInt(HEADERS).putShort((short) type).putShort((short) flags);
    room.putInt(commands.size()).putInt(0).put(family).put((byte) 0);
    room.order(ByteOrder.BIG_ENDIAN).putShort((short) resource).order(ByteOrder.nativeOrder());
    return at;
  }

  /** Fills a message. */
  interface Content {
    void write(Attributes to) throws UnknownCommandException;
  }

  /**
   * Adds a message.
   *
   * @param type its type
   * @param command what it comes from, for errors
   */
  void add(int type, String command, Content content) throws UnknownCommandException {
    int flags =
        switch (type) {
          case NEW_RULE -> CREATE | APPEND;
          case NEW_TABLE, NEW_CHAIN, NEW_SET, NEW_ELEMENTS, NEW_OBJECT -> CREATE;
          default -> 0;
        };
    last = message(SUBSYSTEM << 8 | type, REQUEST | flags, INET, 0);
    content.write(attributes);
    attributes.close(last);
    commands.add(command);
  }

  /** The batch; its last message but the end asks for an answer, which comes for all of it. */
  byte[] finish() {
    message(END, REQUEST, ANY, SUBSYSTEM);
    byte[] bytes = attributes.bytes();
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    all.putShort(last + FLAGS_AT, (short) (all.getShort(last + FLAGS_AT) | ACKNOWLEDGE));
    return bytes;
  }

  boolean isEmpty() {
    return last == 0;
  }

  /** The command that a message came from, by the message's sequence number. */
  String command(int sequence) {
    return sequence > 0 && sequence < commands.size() ? commands.get(sequence) : "the transaction";
  }
}
