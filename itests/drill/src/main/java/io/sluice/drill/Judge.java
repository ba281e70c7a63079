package io.sluice.drill;

import io.sluice.lab.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Compares what happened with what was right at the time. */
final class Judge {
  /**
   * How late the moment of a packet may be taken: the thread that hears it may have to wait for a
   * processor.
   */
  private static final long LATE = TimeUnit.MILLISECONDS.toNanos(250);

  private static final int EXAMPLES = 5;

  private final Timeline timeline;
  private int pardons;
  private long lastPardoned = Long.MIN_VALUE;
  private final List<String> examples = new ArrayList<>();

  Judge(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * Judges everything.
   *
   * @param begun when the fault began
   */
  Findings judge(
      List<Load.Attempt> attempts, List<Taps.Heard> packets, List<LongStream> streams, long begun) {
    int denied = 0;
    int wronglyAllowed = 0;
    int allowed = 0;
    int wronglyDropped = 0;
    for (Load.Attempt attempt : attempts) {
      if (!timeline.maybe(attempt.flow(), attempt.begun(), attempt.ended())) {
        denied++;
        if (attempt.outcome() != Outcome.SILENT && !pardoned(attempt.begun(), attempt.ended())) {
          wronglyAllowed++;
          example(attempt.flow() + " was " + attempt.outcome(), attempt.begun() - begun);
        }
      } else if (isSurely(attempt)) {
        allowed++;
        wronglyDropped += attempt.outcome() == Outcome.ANSWERED ? 0 : 1;
      }
    }
    int wrongPackets = 0;
    for (Taps.Heard packet : packets) {
      if (!timeline.maybe(packet.flow(), packet.moment() - LATE, packet.moment())
          && !pardoned(packet.moment() - LATE, packet.moment())) {
        wrongPackets++;
        example(packet.flow() + " arrived", packet.moment() - begun);
      }
    }
    StreamJudge streamJudge = new StreamJudge(timeline, begun);
    for (LongStream stream : streams) {
      for (long moment : stream.heard()) {
        if (!timeline.maybe(stream.flow(), moment - LATE, moment)
            && !pardoned(moment - LATE, moment)) {
          wrongPackets++;
          example(stream + " was heard", moment - begun);
        }
      }
      streamJudge.add(stream.flow(), stream.heard());
    }
    return new Findings(
        denied,
        wronglyAllowed,
        wrongPackets,
        allowed,
        wronglyDropped,
        streamJudge.streams(),
        streamJudge.cut(),
        streamJudge.silenceMillis(),
        passing(attempts, begun),
        examples);
  }

  private boolean pardoned(long from, long to) {
    boolean pardoned = timeline.isPardoned(from, to);
    if (pardoned) {
      pardons++;
      lastPardoned = Math.max(lastPardoned, to);
    }
    return pardoned;
  }

  /** What there is to say of what passed while it was nobody's fault but the one that struck. */
  Optional<String> pardoned(long begun) {
    return pardons == 0
        ? Optional.empty()
        : Optional.of(
            pardons
                + " packets and connections passed that may not, the last "
                + TimeUnit.NANOSECONDS.toMillis(lastPardoned - begun)
                + " ms after it");
  }

  private boolean isSurely(Load.Attempt attempt) {
    return timeline.surely(attempt.flow(), attempt.begun(), attempt.ended());
  }

  private void example(String what, long sinceFault) {
    if (examples.size() < EXAMPLES) {
      examples.add(what + " " + TimeUnit.NANOSECONDS.toMillis(sinceFault) + " ms after the fault");
    }
  }

  /**
   * Since when everything passes that the last state allows: for each flow the end of the first
   * attempt that was answered after the last that was not. Empty while there is none for a flow.
   */
  OptionalLong passing(List<Load.Attempt> attempts, long begun) {
    Map<Flow, Long> lastLost = new HashMap<>();
    Map<Flow, Long> back = new HashMap<>();
    for (Load.Attempt attempt : attempts) {
      if (attempt.begun() >= begun
          && attempt.outcome() != Outcome.ANSWERED
          && timeline.last().allows(attempt.flow())) {
        lastLost.merge(attempt.flow(), attempt.begun(), Math::max);
      }
    }
    for (Load.Attempt attempt : attempts) {
      Long lost = lastLost.get(attempt.flow());
      if (lost != null && attempt.begun() > lost && attempt.outcome() == Outcome.ANSWERED) {
        back.merge(attempt.flow(), attempt.ended(), Math::min);
      }
    }
    if (!back.keySet().containsAll(lastLost.keySet())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(back.values().stream().mapToLong(Long::longValue).max().orElse(begun));
  }
}
