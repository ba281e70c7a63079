package io.sluice.engine.host;

import io.sluice.api.control.Measurements;
import io.sluice.api.resource.ResourceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name. Thread-safe. */
final class Counters {
  /** Changes received from sources. */
  static final String EVENTS = "events";

  /** Changes received that were no change: the object was known exactly so. */
  static final String EVENTS_REPEATED = "eventsRepeated";

  /** Batches refused because their session had ended. */
  static final String BATCHES_STALE = "batchesStale";

  /** Sessions that were opened again because of a gap, another epoch or a lost answer. */
  static final String SESSIONS_BROKEN = "sessionsBroken";

  /** Revisions that were not handed over one by one but merged with a later one. */
  static final String REVISIONS_MERGED = "revisionsMerged";

  /** Whole snapshots handed to datapaths. */
  static final String SNAPSHOTS = "snapshots";

  /** Snapshots and updates that a datapath failed to take. */
  static final String DATAPATH_FAILURES = "datapathFailures";

  /** Batches that a store failed to take. */
  static final String STORE_FAILURES = "storeFailures";

  /** Denied packets told by datapaths. */
  static final String DENIALS = "denials";

  /** Denied packets that were neither logged nor published, because of the rate limit. */
  static final String DENIALS_SUPPRESSED = "denialsSuppressed";

  /** Tasks of the loop that failed: defects. */
  static final String FAULTS = "faults";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<Measurements.Events, LongAdder> events = new ConcurrentHashMap<>();

  Counters() {
    for (String name :
        new String[] {
          EVENTS,
          EVENTS_REPEATED,
          BATCHES_STALE,
          SESSIONS_BROKEN,
          REVISIONS_MERGED,
          SNAPSHOTS,
          DATAPATH_FAILURES,
          STORE_FAILURES,
          DENIALS,
          DENIALS_SUPPRESSED,
          FAULTS
        }) {
      counts.put(name, new LongAdder());
    }
  }

  void add(String name, long amount) {
    counts.computeIfAbsent(name, fresh -> new LongAdder()).add(amount);
  }

  void count(String name) {
    add(name, 1);
  }

  /** A change was received. */
  void event(String source, ResourceKind kind) {
    add(EVENTS, 1);
    events
        .computeIfAbsent(new Measurements.Events(source, kind), fresh -> new LongAdder())
        .increment();
  }

  long get(String name) {
    LongAdder count = counts.get(name);
    return count == null ? 0 : count.sum();
  }

  /** The changes received, by source and kind. */
  Map<Measurements.Events, Long> events() {
    Map<Measurements.Events, Long> all = new HashMap<>();
    events.forEach((whose, count) -> all.put(whose, count.sum()));
    return all;
  }

  /** All of them, by name. */
  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }
}
