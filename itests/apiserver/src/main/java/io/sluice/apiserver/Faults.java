package io.sluice.apiserver;

import java.time.Duration;
import java.util.Map;

/** What can go wrong with a server that runs. Each fault stays until {@link #clear}. */
public final class Faults {
  private final Admin admin;

  Faults(Admin admin) {
    this.admin = admin;
  }

  /** Every answer waits first. */
  public void slow(Duration delay) {
    slow(delay, "");
  }

  /**
   * Answers about one type wait first.
   *
   * @param plural the type, for example {@code pods}; empty means all
   */
  public void slow(Duration delay, String plural) {
    admin.ask("faults", Map.of("slow", "" + delay.toMillis(), "on", plural), "");
  }

  /**
   * The next answers are failures.
   *
   * @param status for example 429 or 500
   * @param retryAfter what the header Retry-After says; zero leaves it out
   * @param times how many answers
   * @param plural the type, for example {@code pods}; empty means all
   */
  public void answer(int status, Duration retryAfter, int times, String plural) {
    String seconds = retryAfter.isZero() ? "" : Long.toString(retryAfter.toSeconds());
    admin.ask(
        "faults",
        Map.of("status", "" + status, "retryAfter", seconds, "times", "" + times, "on", plural),
        "");
  }

  /** Every answer is a failure, until {@link #clear}. */
  public void answer(int status) {
    answer(status, Duration.ZERO, Integer.MAX_VALUE, "");
  }

  /** Requests about a type are answered 403. */
  public void forbid(String plural) {
    admin.ask("faults", Map.of("forbid", plural), "");
  }

  /** So many of the next lists break off in their middle. */
  public void truncateLists(int times) {
    admin.ask("faults", Map.of("truncate", "" + times), "");
  }

  /** So many of the next continue tokens are answered 410. */
  public void expireContinueTokens(int times) {
    admin.ask("faults", Map.of("expire", "" + times), "");
  }

  /** All is well again, but for what was compacted and what is no longer served. */
  public void clear() {
    admin.ask("clear", Map.of(), "");
  }

  /** Ends every open watch. */
  public void cutWatches() {
    admin.ask("cut", Map.of(), "");
  }

  /**
   * Forgets the history: a watch that begins before now is told 410 Gone.
   *
   * @param asEvent whether as an ERROR event in the stream, also in the watches that are open; else
   *     these are cut, and 410 is the answer's HTTP status
   */
  public void compact(boolean asEvent) {
    admin.ask("compact", Map.of("tell", "" + asEvent), "");
  }

  /** Sends a bookmark to every watch that wants them. */
  public void bookmark() {
    admin.ask("bookmark", Map.of(), "");
  }
}
