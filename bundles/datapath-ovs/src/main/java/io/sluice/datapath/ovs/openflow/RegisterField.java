package io.sluice.datapath.ovs.openflow;

/**
 * Some neighbouring bits of a register that hold one number.
 *
 * @param number the register, 0 to 15
 * @param shift the lowest bit, 0 to 31
 * @param width how many bits
 */
public record RegisterField(int number, int shift, int width) {
  /** Checks that the bits lie in the register. */
  public RegisterField {
    if (number < 0 || number > 15 || shift < 0 || width < 1 || shift + width > 32) {
      throw new IllegalArgumentException(
          "reg" + number + " has no " + width + " bits from bit " + shift);
    }
  }

  /** The whole register. */
  public static RegisterField whole(int number) {
    return new RegisterField(number, 0, 32);
  }

  /** The mask of these bits. */
  public int mask() {
    return (int) (0xffffffffL >>> (32 - width) << shift);
  }

  /** A number at the place of these bits. */
  public int shifted(int value) {
    if (width < 32 && value >>> width != 0) {
      throw new IllegalArgumentException(value + " does not fit into " + width + " bits");
    }
    return value << shift;
  }
}
