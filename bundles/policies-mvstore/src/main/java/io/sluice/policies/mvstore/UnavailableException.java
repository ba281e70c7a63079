package io.sluice.policies.mvstore;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file can't be read or written now; the message names it, the reason and the remedy. */
final class UnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }

  UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
