package io.sluice.api.source;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that wait for credit, merged by key: of two changes to one object only the later is kept,
 * at the place of the earlier. Not thread-safe; a source confines it to its thread.
 */
public final class ChangeBuffer {
  private final Map<ResourceKey, Change> waiting = new LinkedHashMap<>();
  private long merged;

  /** Adds a change; an earlier one to the same object is forgotten. */
  public void add(Change change) {
    if (waiting.put(change.key(), change) != null) {
      merged++;
    }
  }

  /** Takes out the oldest changes, at most {@code limit} of them. */
  public List<Change> take(int limit) {
    List<Change> taken = new ArrayList<>(Math.min(limit, waiting.size()));
    Iterator<Change> oldest = waiting.values().iterator();
    while (taken.size() < limit && oldest.hasNext()) {
      taken.add(oldest.next());
      oldest.remove();
    }
    return taken;
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** How many objects wait. */
  public int size() {
    return waiting.size();
  }

  /** How many changes were overtaken by a later one before they were sent, ever. */
  public long merged() {
    return merged;
  }

  /** Forgets everything, for a new session. */
  public void clear() {
    waiting.clear();
  }
}
