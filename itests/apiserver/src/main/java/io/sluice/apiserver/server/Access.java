package io.sluice.apiserver.server;

import org.jspecify.annotations.Nullable;

/** Who is let in, and how a history that is gone is said. */
final class Access {
  private volatile String token;
  private volatile boolean goneAsEvent;

  Access(String token) {
    this.token = token;
  }

  /** Whether this header names the token; without a token everyone is admitted. */
  boolean admits(@Nullable String authorization) {
    return token.isEmpty() || ("Bearer " + token).equals(authorization);
  }

  /** Accepts this token only. */
  void accept(String next) {
    token = next;
  }

  /** Whether a watch from a compacted version is answered by an event instead of by 410. */
  boolean goneAsEvent() {
    return goneAsEvent;
  }

  void sayGoneAsEvent(boolean event) {
    goneAsEvent = event;
  }
}
