package io.sluice.engine.host;

import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.Update;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * One revision for each turn of the loop, however many events it drained: the commit is put at the
 * end of the loop's queue, behind the events that wait already.
 */
final class Turn {
  private static final int REMEMBERED = 1024;

  private final Home home;
  private final Loop loop;
  private final Consumer<Update> offer;
  private final NavigableMap<Long, Long> begun = new TreeMap<>();
  private boolean scheduled;
  private boolean touched;
  private long first;

  /**
   * Makes one.
   *
   * @param offer takes each revision
   */
  Turn(Home home, Loop loop, Consumer<Update> offer) {
    this.home = home;
    this.loop = loop;
    this.offer = offer;
  }

  /**
   * Something has changed.
   *
   * @param nanos the ticker when it began
   */
  void touch(long nanos) {
    first = touched ? Math.min(first, nanos) : nanos;
    touched = true;
    if (!scheduled) {
      scheduled = true;
      loop.run(
          () -> {
            scheduled = false;
            commit();
          });
    }
  }

  /** Makes a revision of what has changed, now; returns the newest one. */
  long commit() {
    Optional<Update> update = home.engine().commit();
    if (update.isPresent()) {
      if (touched) {
        begun.put(update.get().revision(), first);
        bound();
      }
      offer.accept(update.get());
    }
    touched = false;
    return home.engine().revision();
  }

  /** While nothing comes into force, the oldest beginnings are kept as one. */
  private void bound() {
    if (begun.size() > REMEMBERED) {
      long oldest = begun.pollFirstEntry().getValue();
      begun.merge(begun.firstKey(), oldest, Math::min);
    }
  }

  /** The newest revision as a whole. */
  Snapshot snapshot() {
    commit();
    return home.engine().snapshot();
  }

  /**
   * How long ago the first event began that is in this revision and in no earlier one asked for.
   */
  long sinceFirstEvent(long revision) {
    NavigableMap<Long, Long> covered = begun.headMap(revision, true);
    long since =
        covered.values().stream().min(Long::compare).map(start -> loop.nanos() - start).orElse(0L);
    covered.clear();
    return since;
  }

  /** How long ago the oldest event began that is in no revision asked for; 0 if there is none. */
  long sinceOldest() {
    return begun.values().stream().min(Long::compare).map(start -> loop.nanos() - start).orElse(0L);
  }

  /** Revisions begin again at 1. */
  void restart() {
    begun.clear();
  }
}
