package io.sluice.api.source;

import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * How a source is.
 *
 * @param state the state
 * @param detail one line for people: what is read, how much of it, or why contact was lost
 * @param problems inputs that were refused, each with its remedy; what they held before is kept
 */
public record SourceStatus(State state, String detail, List<Problem> problems) {
  /** The states. */
  public enum State {
    /** Has not read everything yet. */
    CONNECTING,
    /** Has read everything and follows changes. */
    SYNCED,
    /** Follows changes, but part of its input is refused; that part's last good state is kept. */
    DEGRADED,
    /** Can't read its input; keeps everything it knew. */
    LOST
  }

  /** Copies the problems. */
  public SourceStatus {
    problems = List.copyOf(problems);
  }
}
