package io.sluice.datapath.nftables.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What kind of set it is.
 *
 * @param key the parts of its key
 * @param map whether its elements have verdicts
 * @param interval whether its elements are intervals
 */
record SetType(List<Field> key, boolean map, boolean interval) {
  private static final String JOINT = " . ";
  private static final String ARROW = " : ";
  private static final int TYPE_BITS = 6;
  private static final int INTERVAL = 4;
  private static final int MAP = 8;
  private static final int VERDICT = 0xffffff00;
  private static final int INTERVAL_END = 1;
  private static final int NETWORK_ORDER = 2;
  private static final int HOST_ORDER = 1;

  /** Copies the list. */
  SetType {
    key = List.copyOf(key);
  }

  /** Reads what stands between the braces where a set is added. */
  static SetType of(String text) throws UnknownCommandException {
    String flags = "; flags interval;";
    boolean interval = text.endsWith(flags);
    String type = text.replace(flags, "").replace(";", "").strip();
    if (!type.startsWith("type ")) {
      throw new UnknownCommandException(type);
    }
    type = type.substring("type ".length());
    boolean map = type.endsWith(ARROW + "verdict");
    List<Field> key = new ArrayList<>();
    for (String part : type.replace(ARROW + "verdict", "").split(" \\. ", -1)) {
      key.add(Field.ofSet(part));
    }
    if (interval && (map || key.size() > 1)) {
      throw new UnknownCommandException(text);
    }
    return new SetType(key, map, interval);
  }

  /** Writes what describes the set. */
  void describe(Attributes to) {
    int type = 0;
    int length = 0;
    for (Field field : key) {
      type = type << TYPE_BITS | field.number();
      length += key.size() > 1 ? (field.length() + 3) & ~3 : field.length();
    }
    to.number(3, (map ? MAP : 0) | (interval ? INTERVAL : 0));
    to.number(4, type);
    to.number(5, length);
    if (map) {
      to.number(6, VERDICT);
      to.number(7, 0);
    }
    // Programs that list the set ask in what order the bytes of its key are.
    boolean host = key.size() == 1 && key.getFirst().isHostOrder();
    ByteBuffer order = ByteBuffer.allocate(6).order(ByteOrder.nativeOrder());
    order
        .put((byte) 0)
        .put((byte) 4)
        .putInt(key.size() > 1 ? 0 : host ? HOST_ORDER : NETWORK_ORDER);
    to.bytes(13, order.array());
  }

  /** Writes an element. */
  void element(String element, Attributes to) throws UnknownCommandException {
    int arrow = map ? element.indexOf(ARROW) : -1;
    String text = arrow < 0 ? element : element.substring(0, arrow);
    if (interval) {
      interval(key.getFirst(), text, to);
      return;
    }
    int begun = to.begin(1);
    key(to, value(text));
    if (arrow > 0) {
      int data = to.begin(2);
      Verdict.of(new Words(element.substring(arrow + ARROW.length()))).write(to);
      to.end(data);
    }
    to.end(begun);
  }

  private byte[] value(String text) throws UnknownCommandException {
    if (key.size() == 1) {
      return key.getFirst().value(text);
    }
    ByteBuffer value = ByteBuffer.allocate(key.size() * Field.IPV6.length());
    String rest = text;
    for (int i = 0; i < key.size(); i++) {
      int joint = rest.indexOf(JOINT);
      boolean last = i == key.size() - 1;
      if (last != joint < 0) {
        throw new UnknownCommandException(text);
      }
      value.put(key.get(i).value(last ? rest : rest.substring(0, joint)));
      rest = last ? "" : rest.substring(joint + JOINT.length());
    }
    return Arrays.copyOf(value.array(), value.position());
  }

  private static void key(Attributes to, byte[] value) {
    int key = to.begin(1);
    to.bytes(1, value);
    to.end(key);
  }

  /** An interval is where it begins, and where what is behind it begins; if anything is. */
  private static void interval(Field field, String text, Attributes to)
      throws UnknownCommandException {
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    byte[] first;
    byte[] last;
    if (slash > 0) {
      first = field.value(text.substring(0, slash));
      last = first.clone();
      byte[] mask = field.mask(RuleWriter.number(text.substring(slash + 1)));
      for (int i = 0; i < mask.length; i++) {
        last[i] |= (byte) ~mask[i];
      }
    } else {
      first = field.value(dash > 0 ? text.substring(0, dash) : text);
      last = dash > 0 ? field.value(text.substring(dash + 1)) : first.clone();
    }
    int begun = to.begin(1);
    key(to, first);
    to.end(begun);
    if (increment(last)) {
      int end = to.begin(1);
      to.number(3, INTERVAL_END);
      key(to, last);
      to.end(end);
    }
  }

  /** Adds one; answers whether there is such a number. */
  private static boolean increment(byte[] number) {
    for (int i = number.length - 1; i >= 0; i--) {
      if (++number[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
