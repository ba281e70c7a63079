package io.sluice.datapath.ovs.openflow;

import io.sluice.datapath.ovs.openflow.Action.GotoTable;
import io.sluice.datapath.ovs.openflow.Action.Meter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Instructions (OpenFlow 1.5.1 section 7.2.5): one that applies the actions and, where the last
 * action says so, one that goes on in another table.
 */
final class InstructionCodec {
  private static final int GOTO_TABLE = 1;
  private static final int APPLY_ACTIONS = 4;
  private static final int METER = 6;
  private static final int HEADER = 8;

  private InstructionCodec() {}

  private static Optional<GotoTable> last(List<Action> actions) {
    return !actions.isEmpty() && actions.getLast() instanceof GotoTable go
        ? Optional.of(go)
        : Optional.empty();
  }

  private static List<Action> applied(List<Action> actions) {
    return last(actions).isPresent() ? actions.subList(0, actions.size() - 1) : actions;
  }

  static int length(List<Action> actions) {
    List<Action> applied = applied(actions);
    return (applied.isEmpty() ? 0 : HEADER + ActionCodec.length(applied))
        + (last(actions).isPresent() ? HEADER : 0);
  }

  static void put(ByteBuffer out, List<Action> actions) {
    List<Action> applied = applied(actions);
    if (!applied.isEmpty()) {
      int start = out.position();
      out.putShort((short) APPLY_ACTIONS).putShort((short) 0).putInt(0);
      for (Action action : applied) {
        ActionCodec.put(out, action);
      }
      out.putShort(start + 2, (short) (out.position() - start));
    }
    last(actions)
        .ifPresent(
            go ->
                out.putShort((short) GOTO_TABLE)
                    .putShort((short) HEADER)
                    .put((byte) go.table())
                    .put(new byte[3]));
  }

  /** Reads instructions until the buffer's limit. */
  static List<Action> read(ByteBuffer in) {
    List<Action> actions = new ArrayList<>();
    while (in.hasRemaining()) {
      ByteBuffer one = ActionCodec.slice(in);
      switch (one.getShort(0)) {
        case APPLY_ACTIONS -> actions.addAll(ActionCodec.read(one.position(HEADER)));
        case GOTO_TABLE -> actions.add(new GotoTable(one.get(4) & 0xff));
        case METER -> actions.add(new Meter(one.getInt(4)));
        default -> actions.add(ActionCodec.foreign(one));
      }
    }
    return actions;
  }
}
