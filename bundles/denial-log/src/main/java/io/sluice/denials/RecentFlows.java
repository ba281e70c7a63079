package io.sluice.denials;

import io.sluice.api.datapath.Denial;
import io.sluice.api.datapath.EndpointId;
import io.sluice.api.event.DeniedFlow;
import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Direction;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * Folds the repeats of a flow: its first denial has a line at once, those of the following interval
 * one line together at its end. Bounded; what leaves early has its line early, so that every denial
 * is in some line. Not thread-safe.
 */
final class RecentFlows {
  private static final int MOST = 4096;

  private record Flow(
      Optional<EndpointId> subject,
      Direction direction,
      IpAddress source,
      IpAddress destination,
      int protocol,
      int port) {
    static Flow of(Denial denial) {
      return new Flow(
          denial.subject(),
          denial.direction(),
          denial.source(),
          denial.destination(),
          denial.protocol(),
          denial.port());
    }
  }

  private static final class Repeats {
    private final long since;
    private DeniedFlow last;
    private long number;

    Repeats(long since, DeniedFlow last) {
      this.since = since;
      this.last = last;
    }
  }

  private final Map<Flow, Repeats> flows = new LinkedHashMap<>();
  private final ObjLongConsumer<DeniedFlow> write;

  /**
   * Makes one.
   *
   * @param write writes the line of a flow, with the number of its repeats
   */
  RecentFlows(ObjLongConsumer<DeniedFlow> write) {
    this.write = write;
  }

  /**
   * A flow was denied.
   *
   * @param nanos the ticker
   * @return whether it was folded into a later line
   */
  boolean add(DeniedFlow flow, Duration interval, long nanos) {
    if (interval.isZero()) {
      write.accept(flow, 0);
      return false;
    }
    Flow key = Flow.of(flow.denial());
    Repeats known = flows.get(key);
    if (known != null) {
      known.last = flow;
      known.number++;
      return true;
    }
    if (flows.size() >= MOST) {
      Iterator<Repeats> oldest = flows.values().iterator();
      end(oldest.next());
      oldest.remove();
    }
    flows.put(key, new Repeats(nanos, flow));
    write.accept(flow, 0);
    return false;
  }

  /** Writes the lines of flows whose interval is over. */
  void tick(Duration interval, long nanos) {
    Iterator<Repeats> each = flows.values().iterator();
    while (each.hasNext()) {
      Repeats repeats = each.next();
      if (nanos - repeats.since < interval.toNanos()) {
        return; // Those that follow are younger.
      }
      end(repeats);
      each.remove();
    }
  }

  private void end(Repeats repeats) {
    if (repeats.number > 0) {
      write.accept(repeats.last, repeats.number - 1);
    }
  }
}
