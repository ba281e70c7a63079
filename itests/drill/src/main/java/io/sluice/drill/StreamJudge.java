package io.sluice.drill;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long the streams were silent that were allowed from beginning to end. */
final class StreamJudge {
  /** Silence at the end that makes a stream count as cut. */
  private static final long CUT = TimeUnit.SECONDS.toNanos(1);

  private final Timeline timeline;
  private final long begun;
  private final long end = System.nanoTime();
  private int streams;
  private int cut;
  private long silence;

  StreamJudge(Timeline timeline, long begun) {
    this.timeline = timeline;
    this.begun = begun;
  }

  void add(Flow flow, List<Long> heard) {
    if (!timeline.surely(flow, begun, end)) {
      return;
    }
    streams++;
    if (heard.isEmpty() || end - heard.getLast() > CUT) {
      cut++;
      return;
    }
    for (int i = 1; i < heard.size(); i++) {
      if (heard.get(i) > begun) {
        silence = Math.max(silence, heard.get(i) - heard.get(i - 1) - Streams.TICK_NANOS);
      }
    }
  }

  int streams() {
    return streams;
  }

  int cut() {
    return cut;
  }

  long silenceMillis() {
    return TimeUnit.NANOSECONDS.toMillis(silence);
  }
}
