package io.sluice.engine.host;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads one datapath from revision to revision: one snapshot or update is outstanding, the rest is
 * merged. A datapath that is stale, or fails, gets a snapshot; the first stale one at once, else
 * after a growing pause.
 *
 * <p>It is fed from {@link #feed} on. {@link #release} ends that and has its rules removed, as
 * often as it takes: an answer to what it was given before may come later than the release and mean
 * that there are rules again. It can be fed anew, but not before a release that has begun is
 * answered.
 */
final class DatapathDriver {
  /** Who wants to know. */
  interface Listener {
    /** A revision was acknowledged, an attempt failed, or rules were removed. */
    void progressed();

    /** A revision is in force at this datapath. */
    void inForce(DatapathDriver driver, long revision);
  }

  /** What is done with the datapath. */
  enum Mode {
    /** Nothing. */
    IDLE,
    /** It is given every revision. */
    FED,
    /** Its rules are being removed. */
    RELEASING,
    /** Its rules were removed. */
    RELEASED,
    /** Nothing any more. */
    STOPPED
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Datapath datapath;
  private final Supplier<Snapshot> whole;
  private final Listener listener;
  private final Counters counters;
  private final Loop loop;
  private final Calls calls;
  private final Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final Backoff confirmPauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final Backoff releasePauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final UpdateMerger pending = new UpdateMerger();

  private Candidate candidate;
  private Mode mode = Mode.IDLE;
  private boolean wantsSnapshot = true;
  private boolean outstanding;
  private boolean pausing;
  private boolean withheld;
  private boolean confirming;
  private boolean releaseOutstanding;
  private boolean answeredAfterRelease;
  private int staleInARow;
  private long life;
  private long target;
  private long handed;
  private long acknowledged;
  private long inForce;
  private @Nullable String failure;

  /**
   * Makes one that feeds nothing yet.
   *
   * @param whole the newest revision as a whole
   */
  DatapathDriver(
      Candidate candidate,
      Datapath datapath,
      Supplier<Snapshot> whole,
      Listener listener,
      Counters counters,
      Loop loop) {
    this.candidate = candidate;
    this.datapath = datapath;
    this.whole = whole;
    this.listener = listener;
    this.counters = counters;
    this.loop = loop;
    calls = new Calls(loop);
  }

  Candidate candidate() {
    return candidate;
  }

  /** Its service properties have changed. */
  void candidate(Candidate next) {
    candidate = next;
  }

  Datapath datapath() {
    return datapath;
  }

  /** How the datapath is; one that can't even say that refuses. */
  DatapathStatus status() {
    try {
      return datapath.status();
    } catch (RuntimeException | LinkageError e) {
      return new DatapathStatus(
          DatapathStatus.State.REFUSED,
          "does not say how it is: " + Calls.text(e),
          List.of(),
          Map.of(),
          Map.of());
    }
  }

  Mode mode() {
    return mode;
  }

  /** The newest revision that was handed over, whether or not it was acknowledged. */
  long handed() {
    return handed;
  }

  long acknowledged() {
    return acknowledged;
  }

  long inForce() {
    return inForce;
  }

  /** Why the last attempt failed, as long as none went well since. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Gives it every revision from now on, a snapshot first. */
  void feed() {
    if (mode != Mode.FED && mode != Mode.STOPPED) {
      mode = Mode.FED;
      begin();
      pump();
    }
  }

  private void begin() {
    life++;
    handed = 0;
    acknowledged = 0;
    inForce = 0;
    confirming = false;
    withheld = false;
    failure = null;
    wantSnapshot();
  }

  /** The next revision. */
  void offer(Update update) {
    if (!wantsSnapshot) {
      if (update.base() != target || !pending.add(update)) {
        wantSnapshot();
      } else {
        target = update.revision();
        if (pending.merged() > 1) {
          counters.count(Counters.REVISIONS_MERGED);
        }
      }
    }
    pump();
  }

  /** Hands nothing over until {@link #resume}; what comes meanwhile is merged. */
  void withhold() {
    withheld = true;
  }

  /** Ends {@link #withhold}. */
  void resume() {
    withheld = false;
    pump();
  }

  /** The revisions begin anew; what was acknowledged no longer counts. */
  void restart() {
    if (mode == Mode.FED) {
      begin();
      pump();
    }
  }

  /** Feeds it no more and has its rules removed. */
  void release() {
    if (mode != Mode.RELEASING && mode != Mode.STOPPED) {
      mode = Mode.RELEASING;
      begin();
      releasePauses.reset();
      tryRelease();
    }
  }

  /** Sends nothing more. What the datapath has stays. */
  void stop() {
    mode = Mode.STOPPED;
  }

  private void wantSnapshot() {
    wantsSnapshot = true;
    pending.clear();
  }

  private void pump() {
    if (mode != Mode.FED || withheld || outstanding || releaseOutstanding || pausing) {
      return;
    }
    if (wantsSnapshot) {
      outstanding = true; // Before the snapshot is made: making it may offer a revision.
      Snapshot snapshot = whole.get();
      wantsSnapshot = false;
      target = snapshot.revision();
      counters.count(Counters.SNAPSHOTS);
      hand(() -> datapath.snapshot(snapshot), snapshot.revision());
    } else if (!pending.isEmpty()) {
      outstanding = true;
      Update update = pending.take();
      hand(() -> datapath.apply(update), update.revision());
    }
  }

  private void hand(Supplier<CompletionStage<Void>> call, long revision) {
    long inLife = life;
    handed = revision;
    calls.call(
        call, done -> acknowledged(revision, inLife), cause -> failed(revision, cause, inLife));
  }

  private void acknowledged(long revision, long inLife) {
    outstanding = false;
    if (inLife == life) {
      acknowledged = revision;
      failure = null;
      staleInARow = 0;
      pauses.reset();
      confirm();
    }
    answeredInRelease();
    pump();
    listener.progressed();
  }

  private void failed(long revision, Throwable cause, long inLife) {
    outstanding = false;
    counters.count(Counters.DATAPATH_FAILURES);
    if (inLife == life) {
      wantSnapshot();
      failure = "revision " + revision + " was not taken: " + Calls.text(cause);
    }
    answeredInRelease();
    if (inLife != life || (cause instanceof StaleRevisionException && staleInARow++ == 0)) {
      pump();
    } else {
      pausing = true;
      loop.after(
          pauses.next(),
          () -> {
            pausing = false;
            pump();
          });
    }
    listener.progressed();
  }

  /** What was given before the release was answered after it: there may be rules again. */
  private void answeredInRelease() {
    if (mode == Mode.RELEASED) {
      release();
    } else {
      answeredAfterRelease = true;
    }
  }

  private void confirm() {
    if (mode != Mode.FED || confirming || acknowledged <= inForce) {
      return;
    }
    confirming = true;
    long revision = acknowledged;
    long inLife = life;
    calls.call(
        () -> datapath.confirm(revision),
        done -> {
          if (inLife == life) {
            confirming = false;
            confirmPauses.reset();
            inForce = revision;
            listener.inForce(this, revision);
            confirm();
          }
        },
        cause -> {
          if (inLife == life) {
            confirming = false;
            failure = "revision " + revision + " was not confirmed: " + Calls.text(cause);
            loop.after(confirmPauses.next(), this::confirm);
            listener.progressed();
          }
        });
  }

  private void tryRelease() {
    if (mode != Mode.RELEASING || releaseOutstanding) {
      return;
    }
    releaseOutstanding = true;
    answeredAfterRelease = false;
    calls.call(
        datapath::release,
        done -> {
          releaseOutstanding = false;
          if (mode == Mode.RELEASING) {
            failure = null;
            mode = Mode.RELEASED;
            if (answeredAfterRelease) {
              release();
            }
          }
          pump();
          listener.progressed();
        },
        cause -> {
          releaseOutstanding = false;
          if (mode == Mode.RELEASING) {
            failure = "its rules could not be removed: " + Calls.text(cause);
            loop.after(releasePauses.next(), this::tryRelease);
          }
          pump();
          listener.progressed();
        });
  }
}
