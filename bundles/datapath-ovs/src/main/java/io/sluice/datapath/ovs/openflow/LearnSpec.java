package io.sluice.datapath.ovs.openflow;

/** One part of a flow that {@link Action.Learn} makes. */
public sealed interface LearnSpec {
  /**
   * The learned flow matches a field with this value.
   *
   * @param field the field, all of it
   * @param value the value
   */
  record MatchValue(Field field, Bits value) implements LearnSpec {
    @Override
    public String toString() {
      return field.text() + "=" + FieldText.value(field, value);
    }
  }

  /**
   * The learned flow matches a field with what a field of the packet at hand holds.
   *
   * @param target the field to match, all of it
   * @param source the field to read, of the same length
   */
  record MatchField(Field target, Field source) implements LearnSpec {
    /** Checks the lengths. */
    public MatchField {
      if (source.bits() != target.bits()) {
        throw new IllegalArgumentException(
            source.text() + " and " + target.text() + " are not of one length");
      }
    }

    @Override
    public String toString() {
      return target.text() + "[]=" + source.text() + "[]";
    }
  }

  /**
   * The learned flow sets a part of a register.
   *
   * @param part the part
   * @param value the value
   */
  record LoadValue(RegisterField part, int value) implements LearnSpec {
    @Override
    public String toString() {
      int last = part.shift() + part.width() - 1;
      return "load:%s->reg%d[%d..%d]"
          .formatted(Integer.toUnsignedString(value), part.number(), part.shift(), last);
    }
  }
}
