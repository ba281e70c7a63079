package io.sluice.api.datapath;

/** An update starts from a revision that the datapath does not hold; it needs a snapshot. */
public final class StaleRevisionException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param base where the update starts
   * @param held what the datapath holds
   */
  public StaleRevisionException(long base, long held) {
    super("update starts from revision " + base + ", but revision " + held + " is held");
  }
}
