package io.sluice.engine.host;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every source holds, and what counts.
 *
 * <p>Where several sources hold an object of one key, the one that wrote it last counts. When a
 * source gives up its object, the one written before it counts again: a source can never remove
 * what another one holds.
 */
final class Holdings {
  /** One source's object, on top of those of other sources that wrote earlier. */
  private record Held(String source, Resource resource, @Nullable Held below) {
    /** The same without one source; null if nothing is left. */
    @Nullable Held without(String name) {
      if (source.equals(name)) {
        return below;
      }
      return below != null && below.isOf(name)
          ? new Held(source, resource, below.without(name))
          : this;
    }

    boolean isOf(String name) {
      return source.equals(name) || (below != null && below.isOf(name));
    }
  }

  private final Map<ResourceKey, Held> held = new HashMap<>();

  /**
   * A source says that an object is this.
   *
   * @return what changes by that; empty if exactly this counted already
   */
  Optional<Change> put(String source, Resource resource) {
    ResourceKey key = resource.key();
    Held before = held.get(key);
    held.put(key, new Held(source, resource, before == null ? null : before.without(source)));
    return before != null && before.resource.equals(resource)
        ? Optional.empty()
        : Optional.of(new Change.Upsert(resource));
  }

  /**
   * A source says that it has no such object.
   *
   * @return what changes by that; empty if it had none, or another source's object counts
   */
  Optional<Change> remove(String source, ResourceKey key) {
    Held before = held.get(key);
    if (before == null || !before.isOf(source)) {
      return Optional.empty();
    }
    Held after = before.without(source);
    if (after == null) {
      held.remove(key);
      return Optional.of(new Change.Delete(key));
    }
    held.put(key, after);
    return after.resource.equals(before.resource)
        ? Optional.empty()
        : Optional.of(new Change.Upsert(after.resource));
  }

  /** The keys of a source's objects that meet a condition. */
  List<ResourceKey> keys(String source, Predicate<ResourceKey> condition) {
    List<ResourceKey> keys = new ArrayList<>();
    held.forEach(
        (key, holding) -> {
          if (holding.isOf(source) && condition.test(key)) {
            keys.add(key);
          }
        });
    return keys;
  }

  /** The objects that count. */
  Stream<Resource> all() {
    return held.values().stream().map(Held::resource);
  }

  /** How many objects count. */
  int size() {
    return held.size();
  }
}
