package io.sluice.datapath.ovs.openflow;

/**
 * What a match demands of one field.
 *
 * @param field the field
 * @param value the value; bits that the mask lacks are zero
 * @param mask which bits must be equal; never zero
 */
public record FieldMatch(Field field, Bits value, Bits mask) {
  /** Clears the bits of the value that do not matter. */
  public FieldMatch {
    mask = mask.and(field.all());
    value = value.and(mask);
    if (mask.isZero()) {
      throw new IllegalArgumentException("a match on no bit of " + field.text());
    }
  }

  /** Whether every bit of the field matters. */
  public boolean exact() {
    return mask.equals(field.all());
  }

  /** In the notation of {@code ovs-ofctl}. */
  @Override
  public String toString() {
    return FieldText.of(this);
  }
}
