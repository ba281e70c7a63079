package io.sluice.datapath.ovs.openflow;

import io.sluice.api.net.Family;
import io.sluice.api.net.IpAddress;
import io.sluice.datapath.ovs.openflow.Action.Conjunction;
import io.sluice.datapath.ovs.openflow.Action.Ct;
import io.sluice.datapath.ovs.openflow.Action.CtClear;
import io.sluice.datapath.ovs.openflow.Action.Learn;
import io.sluice.datapath.ovs.openflow.Action.Resubmit;
import io.sluice.datapath.ovs.openflow.Action.SetField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Nicira's actions: NXAST_* of nicira-ext.h, carried as OFPAT_EXPERIMENTER. */
final class NiciraCodec {
  static final int EXPERIMENTER = 0xffff;

  private static final int VENDOR = 0x2320;
  private static final int RESUBMIT_TABLE = 14;
  private static final int LEARN = 16;
  private static final int CONJUNCTION = 34;
  private static final int CT = 35;
  private static final int NAT = 36;
  private static final int CT_CLEAR = 43;
  private static final int FLUSH_ZONE = 29;

  private static final int OF10_IN_PORT = 0xfff8;
  private static final int NO_TABLE = 0xff;
  private static final int COMMIT = 1;
  private static final int FORCE = 2;
  private static final int CT_LENGTH = 24;
  private static final int NAT_LENGTH = 16;
  private static final int NAT_SOURCE = 1;
  private static final int NAT_DESTINATION = 2;
  private static final int NAT_IPV4 = 1;
  private static final int NAT_IPV6 = 4;
  private static final int NAT_PORT = 0x10;

  private NiciraCodec() {}

  private static ByteBuffer header(ByteBuffer out, int subtype, int length) {
    return out.putShort((short) EXPERIMENTER)
        .putShort((short) length)
        .putInt(VENDOR)
        .putShort((short) subtype);
  }

  static void put(ByteBuffer out, Resubmit resubmit) {
    header(out, RESUBMIT_TABLE, 16)
        .putShort((short) OF10_IN_PORT)
        .put((byte) resubmit.table())
        .put(new byte[3]);
  }

  static void put(ByteBuffer out, Conjunction conjunction) {
    header(out, CONJUNCTION, 16)
        .put((byte) (conjunction.clause() - 1))
        .put((byte) conjunction.clauses())
        .putInt(conjunction.id());
  }

  static void put(ByteBuffer out, Learn learn) {
    int start = out.position();
    LearnCodec.put(header(out, LEARN, LearnCodec.length(learn)), start, learn);
  }

  static void putCtClear(ByteBuffer out) {
    header(out, CT_CLEAR, 16).put(new byte[6]);
  }

  /** NXT_CT_FLUSH_ZONE, a message of its own. */
  static void putFlushZone(ByteBuffer out, int xid, int zone) {
    int start = Messages.begin(out, Messages.EXPERIMENTER, xid);
    out.putInt(VENDOR).putInt(FLUSH_ZONE).put(new byte[6]).putShort((short) zone);
    Messages.end(out, start);
  }

  static int length(Ct ct) {
    return CT_LENGTH + ct.nat().map(NiciraCodec::length).orElse(0) + ActionCodec.length(ct.exec());
  }

  private static int length(Nat nat) {
    int length =
        NAT_LENGTH
            + nat.address().map(ip -> ip.family().bits() / 8).orElse(0)
            + (nat.port().isPresent() ? 2 : 0);
    return length + MatchCodec.pad(length);
  }

  static void put(ByteBuffer out, Ct ct) {
    header(out, CT, length(ct))
        .putShort((short) ((ct.commit() ? COMMIT : 0) | (ct.force() ? FORCE : 0)))
        .putInt(0)
        .putShort((short) ct.zone())
        .put((byte) ct.table().orElse(NO_TABLE))
        .put(new byte[3])
        .putShort((short) 0);
    ct.nat().ifPresent(nat -> put(out, nat));
    for (SetField set : ct.exec()) {
      ActionCodec.put(out, set);
    }
  }

  private static void put(ByteBuffer out, Nat nat) {
    int length = length(nat);
    int start = out.position();
    int flags =
        switch (nat.kind()) {
          case REMEMBERED -> 0;
          case SOURCE -> NAT_SOURCE;
          case DESTINATION -> NAT_DESTINATION;
        };
    int range =
        nat.address().map(ip -> ip.family() == Family.IPV4 ? NAT_IPV4 : NAT_IPV6).orElse(0)
            | (nat.port().isPresent() ? NAT_PORT : 0);
    header(out, NAT, length).putShort((short) 0).putShort((short) flags).putShort((short) range);
    nat.address().ifPresent(ip -> out.put(ip.bytes()));
    nat.port().ifPresent(port -> out.putShort((short) port));
    out.put(new byte[start + length - out.position()]);
  }

  /** Reads an experimenter action, if it is one of those known. */
  static Optional<Action> read(ByteBuffer in) {
    if (in.limit() < 16 || in.getInt(4) != VENDOR) {
      return Optional.empty();
    }
    return switch (in.getShort(8)) {
      case RESUBMIT_TABLE ->
          Short.toUnsignedInt(in.getShort(10)) == OF10_IN_PORT
              ? Optional.of(new Resubmit(in.get(12) & 0xff))
              : Optional.empty();
      case CONJUNCTION ->
          Optional.of(new Conjunction(in.getInt(12), (in.get(10) & 0xff) + 1, in.get(11) & 0xff));
      case CT_CLEAR -> Optional.of(new CtClear());
      case CT -> readCt(in);
      case LEARN -> LearnCodec.read(in);
      default -> Optional.empty();
    };
  }

  private static Optional<Action> readCt(ByteBuffer in) {
    int flags = in.getShort(10);
    int table = in.get(18) & 0xff;
    boolean plain = (flags & ~(COMMIT | FORCE)) == 0 && in.getInt(12) == 0 && in.getShort(22) == 0;
    Optional<Nat> nat = Optional.empty();
    List<SetField> exec = new ArrayList<>();
    in.position(CT_LENGTH);
    while (plain && in.hasRemaining()) {
      ByteBuffer one = ActionCodec.slice(in);
      Optional<Nat> read = readNat(one);
      if (read.isPresent()) {
        nat = read;
      } else if (ActionCodec.read(one.rewind()).getFirst() instanceof SetField set) {
        exec.add(set);
      } else {
        plain = false;
      }
    }
    OptionalInt next = table == NO_TABLE ? OptionalInt.empty() : OptionalInt.of(table);
    boolean commit = (flags & COMMIT) != 0;
    boolean force = (flags & FORCE) != 0;
    int zone = Short.toUnsignedInt(in.getShort(16));
    return plain ? Optional.of(new Ct(commit, force, zone, next, nat, exec)) : Optional.empty();
  }

  private static Optional<Nat> readNat(ByteBuffer in) {
    if (in.limit() < NAT_LENGTH
        || Short.toUnsignedInt(in.getShort(0)) != EXPERIMENTER
        || in.getInt(4) != VENDOR
        || in.getShort(8) != NAT) {
      return Optional.empty();
    }
    int flags = in.getShort(12);
    int range = in.getShort(14);
    if (flags > NAT_DESTINATION || (range & ~(NAT_IPV4 | NAT_IPV6 | NAT_PORT)) != 0) {
      return Optional.empty();
    }
    in.position(NAT_LENGTH);
    Optional<IpAddress> address = Optional.empty();
    if ((range & (NAT_IPV4 | NAT_IPV6)) != 0) {
      byte[] bytes = new byte[(range & NAT_IPV4) != 0 ? 4 : 16];
      in.get(bytes);
      address = Optional.of(IpAddress.of(bytes));
    }
    OptionalInt port =
        (range & NAT_PORT) != 0
            ? OptionalInt.of(Short.toUnsignedInt(in.getShort()))
            : OptionalInt.empty();
    Nat.Kind kind =
        switch (flags) {
          case NAT_SOURCE -> Nat.Kind.SOURCE;
          case NAT_DESTINATION -> Nat.Kind.DESTINATION;
          default -> Nat.Kind.REMEMBERED;
        };
    return Optional.of(new Nat(kind, address, port));
  }
}
