package io.sluice.datapath.ovs.openflow;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What a flow does to a packet; actions are carried out in their order. */
public sealed interface Action {
  /**
   * Sends a copy out of a port.
   *
   * @param port the port, or one of {@link PortNumber}
   * @param maxLength for {@link PortNumber#CONTROLLER}: how many bytes of the packet to send; 65535
   *     for all; 0 for other ports
   */
  record Output(int port, int maxLength) implements Action {
    /** Sends it out of an ordinary port. */
    public Output(int port) {
      this(port, 0);
    }

    @Override
    public String toString() {
      return port == PortNumber.CONTROLLER
          ? "controller(max_len=" + maxLength + ")"
          : port == PortNumber.IN_PORT ? "in_port" : "output:" + PortNumber.text(port);
    }
  }

  /**
   * Looks the packet up in another table, then goes on with the next action.
   *
   * @param table the table
   */
  record Resubmit(int table) implements Action {
    @Override
    public String toString() {
      return "resubmit(," + table + ")";
    }
  }

  /**
   * Goes on in a later table; only as the last action.
   *
   * @param table the table, greater than the flow's
   */
  record GotoTable(int table) implements Action {
    @Override
    public String toString() {
      return "goto_table:" + table;
    }
  }

  /**
   * Sets some bits of a field.
   *
   * @param target the field, the bits to set and which of them
   */
  record SetField(FieldMatch target) implements Action {
    /** Sets a register. */
    public static SetField reg(int number, int value) {
      return reg(RegisterField.whole(number), value);
    }

    /** Sets a part of a register. */
    public static SetField reg(RegisterField part, int value) {
      return bits(
          Field.register(part.number()),
          Integer.toUnsignedLong(part.shifted(value)),
          Integer.toUnsignedLong(part.mask()));
    }

    /** Sets some bits of a field of at most 64 bits. */
    public static SetField bits(Field field, long value, long mask) {
      return new SetField(new FieldMatch(field, Bits.of(value), Bits.of(mask)));
    }

    @Override
    public String toString() {
      Field field = target.field();
      String value = FieldText.value(field, target.value());
      String mask = target.exact() ? "" : "/" + FieldText.value(field, target.mask());
      return "set_field:" + value + mask + "->" + field.text();
    }
  }

  /**
   * Copies a field of the packet into another; of the longer one only the lowest bits.
   *
   * @param source what to read
   * @param target what to set
   */
  record Move(Field source, Field target) implements Action {
    @Override
    public String toString() {
      return "move:" + part(source) + "->" + part(target);
    }

    /** How many bits. */
    int bits() {
      return Math.min(source.bits(), target.bits());
    }

    private String part(Field field) {
      return field.text() + (field.bits() == bits() ? "[]" : "[0.." + (bits() - 1) + "]");
    }
  }

  /**
   * Adds a flow made after the packet at hand, or replaces the one with the same key.
   *
   * @param table the learned flow's table
   * @param priority its priority
   * @param cookie its cookie
   * @param idleTimeout after how many seconds without a packet it goes; 0 for never
   * @param hardTimeout after how many seconds it goes; 0 for never
   * @param specs what it matches and does
   */
  record Learn(
      int table, int priority, long cookie, int idleTimeout, int hardTimeout, List<LearnSpec> specs)
      implements Action {
    /** Copies the list. */
    public Learn {
      specs = List.copyOf(specs);
    }

    @Override
    public String toString() {
      return "learn(table=%d,idle_timeout=%d,hard_timeout=%d,priority=%d,cookie=0x%x%s)"
          .formatted(
              table,
              idleTimeout,
              hardTimeout,
              priority,
              cookie,
              specs.stream().map(spec -> "," + spec).collect(Collectors.joining()));
    }
  }

  /**
   * Says that one clause of a conjunction matched.
   *
   * @param id the conjunction
   * @param clause which clause, from 1
   * @param clauses how many there are, 2 to 64
   */
  record Conjunction(int id, int clause, int clauses) implements Action {
    /** Checks the numbers. */
    public Conjunction {
      if (clauses < 2 || clauses > 64 || clause < 1 || clause > clauses) {
        throw new IllegalArgumentException("clause " + clause + " of " + clauses);
      }
    }

    @Override
    public String toString() {
      return "conjunction(" + Integer.toUnsignedString(id) + "," + clause + "/" + clauses + ")";
    }
  }

  /**
   * Connection tracking.
   *
   * @param commit whether the connection is remembered
   * @param force whether one that began in the other direction is replaced
   * @param zone the zone
   * @param table where a copy of the packet goes on, tracked; none: this packet goes on here
   * @param nat how addresses are translated, if they are
   * @param exec fields of the connection to set (ct_mark, ct_label); only with {@code commit}
   */
  record Ct(
      boolean commit,
      boolean force,
      int zone,
      OptionalInt table,
      Optional<Nat> nat,
      List<SetField> exec)
      implements Action {
    /** Copies the list. */
    public Ct {
      exec = List.copyOf(exec);
    }

    /** Tracks the packet and goes on in a table. */
    public static Ct track(int zone, int table) {
      return new Ct(false, false, zone, OptionalInt.of(table), Optional.empty(), List.of());
    }

    /** Remembers the connection with these fields set. */
    public static Ct commit(int zone, SetField... exec) {
      return new Ct(true, false, zone, OptionalInt.empty(), Optional.empty(), List.of(exec));
    }

    /** The same with translation. */
    public Ct withNat(Nat translation) {
      return new Ct(commit, force, zone, table, Optional.of(translation), exec);
    }

    /** The same, going on in a table. */
    public Ct withTable(int next) {
      return new Ct(commit, force, zone, OptionalInt.of(next), nat, exec);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("ct(");
      text.append(commit ? "commit," : "").append(force ? "force," : "");
      table.ifPresent(number -> text.append("table=").append(number).append(','));
      text.append("zone=").append(zone);
      nat.ifPresent(translation -> text.append(',').append(translation));
      if (!exec.isEmpty()) {
        text.append(
            exec.stream().map(SetField::toString).collect(Collectors.joining(",", ",exec(", ")")));
      }
      return text.append(')').toString();
    }
  }

  /** Forgets what connection tracking found out about the packet. */
  record CtClear() implements Action {
    @Override
    public String toString() {
      return "ct_clear";
    }
  }

  /**
   * Hands the packet to a group.
   *
   * @param id the group
   */
  record Group(int id) implements Action {
    @Override
    public String toString() {
      return "group:" + Integer.toUnsignedString(id);
    }
  }

  /**
   * Drops the packet if it is beyond a meter's rate.
   *
   * @param id the meter
   */
  record Meter(int id) implements Action {
    @Override
    public String toString() {
      return "meter:" + Integer.toUnsignedString(id);
    }
  }

  /**
   * An action or instruction that this model does not know, as it came.
   *
   * @param hex its bytes in hexadecimal
   */
  record Foreign(String hex) implements Action {
    static Foreign of(byte[] bytes) {
      return new Foreign(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
      return "0x" + hex;
    }
  }
}
