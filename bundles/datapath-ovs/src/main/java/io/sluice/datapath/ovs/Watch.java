package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.Flow;
import io.sluice.datapath.ovs.openflow.FlowEvent;
import io.sluice.datapath.ovs.openflow.OpenFlowConnection;
import java.util.Optional;

/**
 * Notices what others do to our flows and our tables, and has the bridge compared then, which costs
 * what it holds. The switch tells (a flow monitor); where it can't, and as a second line, our flows
 * are counted.
 *
 * <p>While a flow is missing, what it decided falls to the flow behind it. A table that is empty
 * drops, a port or an allowance that is missing closes; only a single flow that denies opens what
 * it denied until it is back. So these are set right at once, before the comparison. The others are
 * not: of many that were deleted, those that lead on must not be back before those that deny.
 */
final class Watch {
  private static final System.Logger LOG = System.getLogger(Watch.class.getName());

  /** A second line; every count walks over all flows. */
  private static final long COUNT_MILLIS = 5_000;

  /** How often they are counted if the switch does not tell. */
  private static final long UNWATCHED_MILLIS = 400;

  /** Events of one deed of others come together: one comparison is for all of them. */
  private static final long TOGETHER_MILLIS = 20;

  private final DatapathThread executor;
  private final Programmer programmer;
  private boolean watched;
  private boolean due;
  private boolean closed;
  private long noticed;

  Watch(DatapathThread executor, Programmer programmer) {
    this.executor = executor;
    this.programmer = programmer;
  }

  /**
   * There is contact.
   *
   * @param tells whether the switch tells
   */
  void up(boolean tells) {
    watched = tells;
  }

  /** Begins to count. */
  void open() {
    if (!closed) {
      executor.later(this::open, watched ? COUNT_MILLIS : UNWATCHED_MILLIS);
      programmer.connection().filter(each -> programmer.settled()).ifPresent(this::count);
    }
  }

  void close() {
    closed = true;
  }

  /** How often others have changed what is ours. */
  long noticed() {
    return noticed;
  }

  /** Somebody else changed a flow. */
  void flowChanged(FlowEvent event) {
    Flow flow = event.flow();
    boolean lost = event.kind() == FlowEvent.Kind.LOST;
    if (lost || Cookie.isOurs(flow.cookie())) {
      if (!lost && Cookie.denies(flow.cookie())) {
        programmer.mend(flow.key());
      }
      compare(!lost);
    } else if (flow.cookie() != Cookie.LEARNED && concerns(flow)) {
      compare(false);
    }
  }

  private boolean concerns(Flow flow) {
    return programmer.entrances().contains(flow.key())
        || programmer.aim().layouts().stream()
            .anyMatch(
                layout ->
                    layout.contains(flow.table()) || Survey.targets(flow).contains(layout.first()));
  }

  private void compare(boolean touched) {
    if (programmer.compiler().isEmpty()) {
      return;
    }
    // A deed of others has many events; those that come while it is being mended are no news.
    if (touched && programmer.settled() && !due) {
      noticed++;
      LOG.log(System.Logger.Level.WARNING, "somebody else has changed flows of ours");
    }
    if (!due) {
      due = true;
      executor.later(
          () -> {
            due = false;
            programmer.mendAndCompare();
          },
          TOGETHER_MILLIS);
    }
  }

  private void count(OpenFlowConnection connection) {
    long bundles = programmer.bundles();
    connection
        .countFlows(Cookie.filter())
        .whenCompleteAsync(
            (count, failure) -> {
              boolean still = programmer.settled() && programmer.bundles() == bundles;
              Optional<Integer> wanted = programmer.compiler().map(each -> each.book().size());
              if (count != null
                  && still
                  && wanted.filter(each -> each != count.intValue()).isPresent()) {
                noticed++;
                LOG.log(
                    System.Logger.Level.WARNING,
                    "the bridge holds " + count + " flows of ours instead of " + wanted.get());
                programmer.doubt();
              }
            },
            executor);
  }
}
