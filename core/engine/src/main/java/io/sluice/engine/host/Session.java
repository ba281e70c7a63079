package io.sluice.engine.host;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.api.source.Batch;
import io.sluice.api.source.SourceSession;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine's record of a session: its place in the sequence, and what it has named so far. */
final class Session {
  private static final Set<ResourceKind> ALWAYS =
      Set.of(ResourceKind.NAMESPACE, ResourceKind.NODE, ResourceKind.POD);

  private final long id;
  private final SourceSlot slot;
  private final Set<ResourceKind> claimed;
  private @Nullable SourceSession end;
  private @Nullable Set<ResourceKey> named = new HashSet<>();
  private long next;
  private long epoch;

  Session(long id, SourceSlot slot, Set<ResourceKind> claimed) {
    this.id = id;
    this.slot = slot;
    this.claimed = claimed;
  }

  long id() {
    return id;
  }

  SourceSlot slot() {
    return slot;
  }

  /** The source's end; null until it has opened. */
  @Nullable SourceSession end() {
    return end;
  }

  void opened(SourceSession sourceEnd) {
    end = sourceEnd;
  }

  boolean synced() {
    return named == null;
  }

  /**
   * What is wrong with a batch's place in this session; null if it is the next one.
   *
   * @param batch a batch that was sent to this session
   */
  @Nullable String wrong(Batch batch) {
    if (batch.sequence() != next) {
      return "batch " + batch.sequence() + " came where " + next + " is next";
    }
    if (next > 0 && batch.epoch() != epoch) {
      return "epoch " + epoch + " became " + batch.epoch() + ", which begins with everything";
    }
    return null;
  }

  /** Whether it has said something of this object, or everything. */
  boolean hasSpokenOf(ResourceKey key) {
    return named == null ? asksFor(key.kind()) : named.contains(key);
  }

  /** Takes note of the next batch. */
  void taken(Batch batch) {
    next++;
    epoch = batch.epoch();
    if (named != null) {
      for (Change change : batch.changes()) {
        named.add(change.key());
      }
    }
  }

  /**
   * The picture is complete: what the source held before and has not named is gone. Of kinds that
   * the session did not ask for nothing is gone.
   */
  List<ResourceKey> sweep(Holdings holdings) {
    Set<ResourceKey> seen = named;
    named = null;
    return seen == null
        ? List.of()
        : holdings.keys(slot.name, key -> asksFor(key.kind()) && !seen.contains(key));
  }

  private boolean asksFor(ResourceKind kind) {
    return ALWAYS.contains(kind) || claimed.contains(kind);
  }
}
