package io.sluice.launcher;

/** The agent can't start; the message is for the person who started it. */
public class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Nothing else has failed before. */
  public StartException(String message) {
    super(message);
  }

  /** Something else has failed before. */
  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
