package io.sluice.policies.mvstore;

/** The file holds what was never written. */
final class DamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
