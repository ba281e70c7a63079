package io.sluice.datapath.ovs.openflow;

import io.sluice.datapath.ovs.openflow.Action.Conjunction;
import io.sluice.datapath.ovs.openflow.Action.Ct;
import io.sluice.datapath.ovs.openflow.Action.CtClear;
import io.sluice.datapath.ovs.openflow.Action.Foreign;
import io.sluice.datapath.ovs.openflow.Action.GotoTable;
import io.sluice.datapath.ovs.openflow.Action.Group;
import io.sluice.datapath.ovs.openflow.Action.Learn;
import io.sluice.datapath.ovs.openflow.Action.Meter;
import io.sluice.datapath.ovs.openflow.Action.Move;
import io.sluice.datapath.ovs.openflow.Action.Output;
import io.sluice.datapath.ovs.openflow.Action.Resubmit;
import io.sluice.datapath.ovs.openflow.Action.SetField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Actions as OFPAT_* structures (OpenFlow 1.5.1 section 7.2.6) and Nicira's (nicira-ext.h). */
final class ActionCodec {
  private static final int OUTPUT = 0;
  private static final int GROUP = 22;
  private static final int SET_FIELD = 25;
  private static final int COPY_FIELD = 28;
  private static final int METER = 29;

  private ActionCodec() {}

  /** Length of the encoding, a multiple of 8. */
  static int length(Action action) {
    return switch (action) {
      case Output output -> 16;
      case Resubmit resubmit -> 16;
      case Conjunction conjunction -> 16;
      case CtClear clear -> 16;
      case Group group -> 8;
      case Meter meter -> 8;
      case SetField set -> {
        int length = 4 + MatchCodec.length(set.target());
        yield length + MatchCodec.pad(length);
      }
      case Move move -> 24;
      case Learn learn -> LearnCodec.length(learn);
      case Ct ct -> NiciraCodec.length(ct);
      case Foreign foreign -> foreign.hex().length() / 2;
      case GotoTable go -> throw new IllegalArgumentException("goto_table is an instruction");
    };
  }

  static int length(List<? extends Action> actions) {
    int length = 0;
    for (Action action : actions) {
      length += length(action);
    }
    return length;
  }

  static void put(ByteBuffer out, Action action) {
    switch (action) {
      case Output output ->
          header(out, OUTPUT, 16)
              .putInt(output.port())
              .putShort((short) output.maxLength())
              .put(new byte[6]);
      case Group group -> header(out, GROUP, 8).putInt(group.id());
      case Meter meter -> header(out, METER, 8).putInt(meter.id());
      case SetField set -> {
        int length = length(set);
        int start = out.position();
        MatchCodec.put(header(out, SET_FIELD, length), set.target());
        out.put(new byte[start + length - out.position()]);
      }
      case Move move ->
          header(out, COPY_FIELD, 24)
              .putShort((short) move.bits())
              .putInt(0) // both from bit 0
              .putShort((short) 0)
              .putInt(move.source().header(false))
              .putInt(move.target().header(false))
              .putInt(0);
      case Learn learn -> NiciraCodec.put(out, learn);
      case Resubmit resubmit -> NiciraCodec.put(out, resubmit);
      case Conjunction conjunction -> NiciraCodec.put(out, conjunction);
      case CtClear clear -> NiciraCodec.putCtClear(out);
      case Ct ct -> NiciraCodec.put(out, ct);
      case Foreign foreign -> out.put(HexFormat.of().parseHex(foreign.hex()));
      case GotoTable go -> throw new IllegalArgumentException("goto_table is an instruction");
    }
  }

  private static ByteBuffer header(ByteBuffer out, int type, int length) {
    return out.putShort((short) type).putShort((short) length);
  }

  /** Reads actions until the buffer's limit. */
  static List<Action> read(ByteBuffer in) {
    List<Action> actions = new ArrayList<>();
    while (in.hasRemaining()) {
      actions.add(readOne(slice(in)));
    }
    return actions;
  }

  /** The structure at the position, whose second 16-bit number is its length; moves behind it. */
  static ByteBuffer slice(ByteBuffer in) {
    int start = in.position();
    int length = Short.toUnsignedInt(in.getShort(start + 2));
    if (length < 8 || length > in.remaining()) {
      throw new MalformedException("an action or instruction of " + length + " bytes");
    }
    in.position(start + length);
    return in.slice(start, length);
  }

  private static Action readOne(ByteBuffer in) {
    Optional<Action> known =
        switch (Short.toUnsignedInt(in.getShort(0))) {
          case OUTPUT -> {
            int port = in.getInt(4);
            int maxLength = Short.toUnsignedInt(in.getShort(8));
            yield Optional.of(new Output(port, port == PortNumber.CONTROLLER ? maxLength : 0));
          }
          case GROUP -> Optional.of(new Group(in.getInt(4)));
          case METER -> Optional.of(new Meter(in.getInt(4)));
          case SET_FIELD -> readSetField(in.position(4));
          case COPY_FIELD -> readMove(in);
          case NiciraCodec.EXPERIMENTER -> NiciraCodec.read(in);
          default -> Optional.empty();
        };
    return known.orElseGet(() -> foreign(in));
  }

  /** The whole of a structure that is not known. */
  static Foreign foreign(ByteBuffer in) {
    byte[] bytes = new byte[in.limit()];
    in.get(0, bytes);
    return Foreign.of(bytes);
  }

  private static Optional<Action> readSetField(ByteBuffer in) {
    int header = in.getInt();
    boolean masked = (header & 0x100) != 0;
    return Field.ofType(header >>> 9)
        .filter(field -> (header & 0xff) == field.bytes() * (masked ? 2 : 1))
        .map(
            field -> {
              Bits value = Bits.get(in, field.bytes());
              Bits mask = masked ? Bits.get(in, field.bytes()) : field.all();
              return new SetField(new FieldMatch(field, value, mask));
            });
  }

  private static Optional<Action> readMove(ByteBuffer in) {
    int bits = in.getShort(4);
    if (in.limit() != 24 || in.getInt(6) != 0) {
      return Optional.empty();
    }
    Optional<Field> target = Field.ofHeader(in.getInt(16));
    return Field.ofHeader(in.getInt(12))
        .flatMap(source -> target.map(to -> new Move(source, to)))
        .map(Action.class::cast)
        .filter(move -> ((Move) move).bits() == bits);
  }
}
