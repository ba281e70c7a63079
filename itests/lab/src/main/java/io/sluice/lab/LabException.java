package io.sluice.lab;

/** The lab itself failed: a command, a daemon, a system call. Never a verdict about packets. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one. */
  public LabException(String message) {
    super(message);
  }

  /** Makes one with its cause. */
  public LabException(String message, Throwable cause) {
    super(message, cause);
  }
}
