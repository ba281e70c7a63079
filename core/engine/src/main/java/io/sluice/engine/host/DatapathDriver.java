package io.sluice.engine.host;

import io.sluice.api.datapath.Datapath;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Leads one datapath from revision to revision: one snapshot or update is outstanding, the rest is
 * merged. A datapath that is stale, or fails, gets a snapshot; the first stale one at once, else
 * after a growing pause.
 */
final class DatapathDriver {
  /** Who wants to know. */
  interface Listener {
    /** A revision was acknowledged, or an attempt failed. */
    void progressed();

    /** A revision is in force at this datapath. */
    void inForce(DatapathDriver driver, long revision);
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Candidate candidate;
  private final Datapath datapath;
  private final Supplier<Snapshot> whole;
  private final Listener listener;
  private final Counters counters;
  private final Loop loop;
  private final Calls calls;
  private final Backoff pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final Backoff confirmPauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private final UpdateMerger pending = new UpdateMerger();

  private boolean held;
  private boolean stopped;
  private boolean wantsSnapshot = true;
  private boolean outstanding;
  private boolean pausing;
  private boolean confirming;
  private int staleInARow;
  private long life;
  private long target;
  private long acknowledged;
  private long inForce;
  private @Nullable String failure;

  /**
   * Makes one that waits.
   *
   * @param whole the newest revision as a whole
   * @param held whether nothing may be sent until {@link #letGo}
   */
  DatapathDriver(
      Candidate candidate,
      Datapath datapath,
      Supplier<Snapshot> whole,
      boolean held,
      Listener listener,
      Counters counters,
      Loop loop) {
    this.candidate = candidate;
    this.datapath = datapath;
    this.whole = whole;
    this.held = held;
    this.listener = listener;
    this.counters = counters;
    this.loop = loop;
    calls = new Calls(loop);
  }

  Candidate candidate() {
    return candidate;
  }

  Datapath datapath() {
    return datapath;
  }

  long acknowledged() {
    return acknowledged;
  }

  long inForce() {
    return inForce;
  }

  /** Whether it still waits for the sources. */
  boolean held() {
    return held;
  }

  /** Why the last attempt failed, as long as none went well since. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Sends what there is. */
  void letGo() {
    held = false;
    pump();
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

  /** The revisions begin anew; what was acknowledged no longer counts. */
  void restart() {
    life++;
    acknowledged = 0;
    inForce = 0;
    wantSnapshot();
    pump();
  }

  /** Sends nothing more. What the datapath has stays. */
  void stop() {
    stopped = true;
  }

  private void wantSnapshot() {
    wantsSnapshot = true;
    pending.clear();
  }

  private void pump() {
    if (stopped || held || outstanding || pausing) {
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
    pump();
    listener.progressed();
  }

  private void failed(long revision, Throwable cause, long inLife) {
    outstanding = false;
    wantSnapshot();
    counters.count(Counters.DATAPATH_FAILURES);
    if (inLife == life) {
      failure = "revision " + revision + " was not taken: " + Calls.text(cause);
    }
    if (cause instanceof StaleRevisionException && staleInARow++ == 0) {
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

  private void confirm() {
    if (stopped || confirming || acknowledged <= inForce) {
      return;
    }
    confirming = true;
    long revision = acknowledged;
    long inLife = life;
    calls.call(
        () -> datapath.confirm(revision),
        done -> {
          confirming = false;
          if (inLife == life) {
            confirmPauses.reset();
            inForce = revision;
            listener.inForce(this, revision);
          }
          confirm();
        },
        cause -> {
          confirming = false;
          if (inLife == life) {
            failure = "revision " + revision + " was not confirmed: " + Calls.text(cause);
          }
          loop.after(confirmPauses.next(), this::confirm);
          listener.progressed();
        });
  }
}
