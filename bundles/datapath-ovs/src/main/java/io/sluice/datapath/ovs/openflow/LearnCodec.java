package io.sluice.datapath.ovs.openflow;

import io.sluice.datapath.ovs.openflow.Action.Learn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** NXAST_LEARN and its flow mod specifications (nicira-ext.h). */
final class LearnCodec {
  private static final int FIXED = 32;
  private static final int FROM_VALUE = 1 << 13;
  private static final int TO_LOAD = 1 << 11;
  private static final int FIELD = 6;

  private LearnCodec() {}

  static int length(Learn learn) {
    int length = FIXED;
    for (LearnSpec spec : learn.specs()) {
      length +=
          switch (spec) {
            case LearnSpec.MatchValue match -> 2 + valueBytes(match.field().bits()) + FIELD;
            case LearnSpec.MatchField match -> 2 + FIELD + FIELD;
            case LearnSpec.LoadValue load -> 2 + valueBytes(load.part().width()) + FIELD;
          };
    }
    return length + MatchCodec.pad(length);
  }

  private static int valueBytes(int bits) {
    return (bits + 15) / 16 * 2;
  }

  /** Writes it from behind the subtype; {@code start} is where the action begins. */
  static void put(ByteBuffer out, int start, Learn learn) {
    out.putShort((short) learn.idleTimeout())
        .putShort((short) learn.hardTimeout())
        .putShort((short) learn.priority())
        .putLong(learn.cookie())
        .putShort((short) 0) // flags
        .put((byte) learn.table())
        .put((byte) 0)
        .putInt(0); // timeouts after FIN or RST: none
    for (LearnSpec spec : learn.specs()) {
      put(out, spec);
    }
    out.put(new byte[start + length(learn) - out.position()]);
  }

  private static void put(ByteBuffer out, LearnSpec spec) {
    switch (spec) {
      case LearnSpec.MatchValue match -> {
        int bits = match.field().bits();
        out.putShort((short) (FROM_VALUE | bits));
        match.value().put(out, valueBytes(bits));
        out.putInt(match.field().header(false)).putShort((short) 0);
      }
      case LearnSpec.MatchField match ->
          out.putShort((short) match.target().bits())
              .putInt(match.source().header(false))
              .putShort((short) 0)
              .putInt(match.target().header(false))
              .putShort((short) 0);
      case LearnSpec.LoadValue load -> {
        RegisterField part = load.part();
        out.putShort((short) (FROM_VALUE | TO_LOAD | part.width()));
        Bits.of(Integer.toUnsignedLong(load.value())).put(out, valueBytes(part.width()));
        out.putInt(Field.register(part.number()).header(false)).putShort((short) part.shift());
      }
    }
  }

  /** Reads one, if it is such as this model knows. */
  static Optional<Action> read(ByteBuffer in) {
    if (in.limit() < FIXED || in.getShort(24) != 0 || in.getInt(28) != 0) {
      return Optional.empty();
    }
    in.position(FIXED);
    List<LearnSpec> specs = new ArrayList<>();
    while (in.remaining() >= 2 && in.getShort(in.position()) != 0) {
      Optional<LearnSpec> spec = readSpec(in);
      if (spec.isEmpty()) {
        return Optional.empty();
      }
      specs.add(spec.get());
    }
    return Optional.of(
        new Learn(
            in.get(26) & 0xff,
            Short.toUnsignedInt(in.getShort(14)),
            in.getLong(16),
            Short.toUnsignedInt(in.getShort(10)),
            Short.toUnsignedInt(in.getShort(12)),
            specs));
  }

  private static Optional<LearnSpec> readSpec(ByteBuffer in) {
    int header = in.getShort();
    int bits = header & 0x7ff;
    int kind = header & ~0x7ff;
    if (kind == FROM_VALUE || kind == (FROM_VALUE | TO_LOAD)) {
      Bits value = Bits.get(in, valueBytes(bits));
      Optional<Field> field = Field.ofHeader(in.getInt());
      int shift = in.getShort();
      return kind == FROM_VALUE
          ? field
              .filter(target -> shift == 0 && bits == target.bits())
              .map(target -> new LearnSpec.MatchValue(target, value))
          : field
              .flatMap(Field::registerNumber)
              .map(number -> new RegisterField(number, shift, bits))
              .map(part -> new LearnSpec.LoadValue(part, (int) value.low()));
    }
    if (kind != 0) {
      return Optional.empty();
    }
    Optional<Field> source = Field.ofHeader(in.getInt());
    int sourceShift = in.getShort();
    Optional<Field> target = Field.ofHeader(in.getInt());
    int targetShift = in.getShort();
    return source
        .filter(from -> sourceShift == 0 && targetShift == 0 && bits == from.bits())
        .flatMap(from -> target.map(to -> new LearnSpec.MatchField(to, from)));
  }
}
