package io.sluice.api.source;

/** A batch was sent to a session that has ended. */
public final class SessionClosedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param message which session, and why it ended
   */
  public SessionClosedException(String message) {
    super(message);
  }
}
