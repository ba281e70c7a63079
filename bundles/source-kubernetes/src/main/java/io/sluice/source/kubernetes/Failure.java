package io.sluice.source.kubernetes;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An answer that did not come, or that was a refusal. */
final class Failure extends IOException {
  private static final long serialVersionUID = 1L;

  /** No answer came. */
  static final int NO_ANSWER = 0;

  /** The server answers, but what is known of it is gone as a whole. */
  static final int NO_DATA = -1;

  private final int status;
  private final Duration retryAfter;

  /**
   * Makes one.
   *
   * @param status the HTTP status, {@link #NO_ANSWER} or {@link #NO_DATA}
   * @param message what happened
   * @param retryAfter how long the server wants to be left alone; zero if it does not say
   */
  Failure(int status, String message, Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whatever went wrong on the way. */
  static Failure of(Throwable cause) {
    return cause instanceof Failure failure
        ? failure
        : new Failure(NO_ANSWER, text(cause), Duration.ZERO, cause);
  }

  int status() {
    return status;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** The history does not reach back so far, or a page's token has expired. */
  boolean isGone() {
    return status == 410;
  }

  /** What happened, in one line; never null. */
  String text() {
    return text(this);
  }

  /** What a failure says, in one line, for people. */
  static String text(Throwable failure) {
    Throwable cause = failure;
    while (cause.getMessage() == null
        && cause.getCause() != null
        && !(cause instanceof ConnectException)) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case NoSuchFileException none -> none.getFile() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " is not readable by this user";
      case ClosedChannelException closed -> "the connection was closed";
      case HttpTimeoutException timeout -> "no answer in time";
      case ConnectException refused when refused.getMessage() == null -> "connection refused";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
