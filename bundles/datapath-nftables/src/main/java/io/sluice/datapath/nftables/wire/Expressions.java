package io.sluice.datapath.nftables.wire;

import java.util.Set;
import java.util.TreeSet;

/**
 * The expressions of one rule, as the kernel's virtual machine runs them: a value is loaded into
 * registers, and compared or looked up there.
 */
final class Expressions {
  /** Of four bytes each; the first is also the one that results are in. */
  private static final int REGISTERS = 8;

  private static final int VERDICT_REGISTER = 0;
  private static final int ELEMENT = 1;
  private static final int NAME = 1;
  private static final int DATA = 2;
  private static final int VALUE = 1;
  private static final int EQUAL = 0;
  private static final int DIFFERENT = 1;
  private static final int AT_MOST = 3;
  private static final int AT_LEAST = 5;

  private final Attributes to;
  private final Set<String> assumed = new TreeSet<>();
  private int register = REGISTERS;

  Expressions(Attributes to) {
    this.to = to;
  }

  /** Writes what an expression is made of. */
  private interface Content {
    void write();
  }

  private void expression(String name, Content content) {
    int element = to.begin(ELEMENT);
    to.text(NAME, name);
    int data = to.begin(DATA);
    content.write();
    to.end(data);
    to.end(element);
  }

  private void value(int type, byte[] value) {
    int data = to.begin(type);
    to.bytes(VALUE, value);
    to.end(data);
  }

  /** The next value goes to the first register. */
  void first() {
    register = REGISTERS;
  }

  /** A value of this many bytes was loaded; the next goes behind it. */
  private int loaded(int length) {
    int here = register;
    register += (length + 3) / 4;
    return here;
  }

  void meta(int key, Field field) {
    int here = loaded(field.length());
    expression(
        "meta",
        () -> {
          to.number(2, key);
          to.number(1, here);
        });
  }

  void tracked(int key, int direction, Field field) {
    int here = loaded(field.length());
    expression(
        "ct",
        () -> {
          to.number(2, key);
          to.number(1, here);
          if (direction >= 0) {
            to.bytes(3, (byte) direction);
          }
        });
  }

  void payload(int base, int offset, Field field) {
    int here = loaded(field.length());
    expression(
        "payload",
        () -> {
          to.number(1, here);
          to.number(2, base);
          to.number(3, offset);
          to.number(4, field.length());
        });
  }

  /** The kind of address that the source is. */
  void sourceType() {
    int here = loaded(Field.ADDRESS_TYPE.length());
    expression(
        "fib",
        () -> {
          to.number(3, 1);
          to.number(2, 3);
          to.number(1, here);
        });
  }

  /** What is loaded next is there only in packets of this family. */
  void assumeFamily(String family) throws UnknownCommandException {
    if (assumed.add(family)) {
      meta(15, Field.FAMILY);
      compare(false, Field.FAMILY.value(family));
      first();
    }
  }

  /** What is loaded next is there only in packets of this protocol. */
  void assumeProtocol(String protocol) throws UnknownCommandException {
    if (assumed.add(protocol)) {
      meta(16, Field.PROTOCOL);
      compare(false, Field.PROTOCOL.value(protocol));
      first();
    }
  }

  /** The rule has said so itself. */
  void said(String what) {
    assumed.add(what);
  }

  void mask(byte[] mask) {
    expression(
        "bitwise",
        () -> {
          to.number(1, REGISTERS);
          to.number(2, REGISTERS);
          to.number(3, mask.length);
          value(4, mask);
          value(5, new byte[mask.length]);
        });
  }

  void compare(boolean unequal, byte[] value) {
    compare(unequal ? DIFFERENT : EQUAL, value);
  }

  void between(byte[] first, byte[] last) {
    compare(AT_LEAST, first);
    compare(AT_MOST, last);
  }

  private void compare(int operator, byte[] value) {
    expression(
        "cmp",
        () -> {
          to.number(1, REGISTERS);
          to.number(2, operator);
          value(3, value);
        });
  }

  void lookup(String set, boolean map, boolean unequal) {
    expression(
        "lookup",
        () -> {
          to.number(2, REGISTERS);
          if (map) {
            to.number(3, VERDICT_REGISTER);
          }
          to.text(1, set);
          if (unequal) {
            to.number(5, 1);
          }
        });
  }

  void object(int type, String name) {
    expression(
        "objref",
        () -> {
          to.number(1, type);
          to.text(2, name);
        });
  }

  void log(String prefix, int group, int copied) {
    expression(
        "log",
        () -> {
          to.text(2, prefix);
          to.shortNumber(1, group);
          to.number(3, copied);
        });
  }

  void reject(int type, int code) {
    expression(
        "reject",
        () -> {
          to.number(1, type);
          to.bytes(2, (byte) code);
        });
  }

  void verdict(Verdict verdict) {
    expression(
        "immediate",
        () -> {
          to.number(1, VERDICT_REGISTER);
          int data = to.begin(2);
          verdict.write(to);
          to.end(data);
        });
  }
}
