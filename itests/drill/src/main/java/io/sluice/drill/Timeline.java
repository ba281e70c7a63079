package io.sluice.drill;

import java.util.ArrayList;
import java.util.List;

/**
 * Which states were right when. A change begins when the first file is touched and ends when the
 * agent says that it is in force; in between the old state and the new one are right, and
 * afterwards the new one alone. Moments are on the clock of {@link System#nanoTime}. Thread-safe.
 */
final class Timeline {
  private static final class Span {
    final State state;
    final long begin;
    long end = Long.MAX_VALUE;

    Span(State state, long begin) {
      this.state = state;
      this.begin = begin;
    }
  }

  private long pardonedFrom;
  private long pardonedTo;
  private final List<Span> spans = new ArrayList<>();

  /** From this moment on this state may be right; those before may be as well, until settled. */
  synchronized void next(State state, long begin) {
    spans.add(new Span(state, begin));
  }

  /** From this moment on only the last state is right. */
  synchronized void settled(long moment) {
    for (Span span : spans.subList(0, spans.size() - 1)) {
      span.end = Math.min(span.end, moment);
    }
  }

  /** Within these moments nothing counts as wrongly allowed. */
  synchronized void pardon(long from, long to) {
    pardonedFrom = from;
    pardonedTo = to;
  }

  /** Whether nothing within these moments counts as wrongly allowed. */
  synchronized boolean isPardoned(long from, long to) {
    return pardonedFrom < pardonedTo && from < pardonedTo && to >= pardonedFrom;
  }

  /** The state that all should come to. */
  synchronized State last() {
    return spans.getLast().state;
  }

  /** Whether a state that was right within these moments allows it. */
  synchronized boolean maybe(Flow flow, long from, long to) {
    return spans.stream().anyMatch(span -> overlaps(span, from, to) && span.state.allows(flow));
  }

  /** Whether every state that was right within these moments allows it. */
  synchronized boolean surely(Flow flow, long from, long to) {
    return spans.stream().allMatch(span -> !overlaps(span, from, to) || span.state.allows(flow));
  }

  private static boolean overlaps(Span span, long from, long to) {
    return span.begin <= to && from < span.end;
  }
}
