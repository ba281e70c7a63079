package io.sluice.api.store;

/** A write carried an older fencing token than the store has seen: another writer took over. */
public final class FencedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param fence the token of the refused write
   * @param newest the newest token that the store has seen
   */
  public FencedException(long fence, long newest) {
    super("write with fencing token " + fence + " refused: token " + newest + " has been seen");
  }
}
