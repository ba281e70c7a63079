package io.sluice.engine.host;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.store.Stored;
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

    List<String> sources() {
      List<String> names = new ArrayList<>();
      for (Held one = this; one != null; one = one.below) {
        names.add(one.source);
      }
      return names;
    }

    /** The same with another one at the bottom. */
    Held above(Held bottom) {
      return new Held(source, resource, below == null ? bottom : below.above(bottom));
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

  /**
   * Sources said in an earlier life that an object is this. What any source has said since counts
   * more.
   *
   * @param sources those whose object this was, the one that counted first
   * @return what changes by that; empty if an object of this key was held
   */
  Optional<Change> restore(List<String> sources, Resource resource) {
    ResourceKey key = resource.key();
    Held before = held.get(key);
    Held after = before;
    for (String source : sources) {
      if (after == null) {
        after = new Held(source, resource, null);
      } else if (!after.isOf(source)) {
        after = after.above(new Held(source, resource, null));
      }
    }
    if (after == null) {
      return Optional.empty();
    }
    held.put(key, after);
    return before == null ? Optional.of(new Change.Upsert(resource)) : Optional.empty();
  }

  /** The sources that hold an object of this key, the one that counts first. */
  List<String> sources(ResourceKey key) {
    Held top = held.get(key);
    if (top == null) {
      return List.of();
    }
    return top.below == null ? List.of(top.source) : top.sources();
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

  /** The object that counts under a key, with the sources that hold one. */
  Optional<Stored> find(ResourceKey key) {
    return Optional.ofNullable(held.get(key)).map(top -> new Stored(top.resource, top.sources()));
  }

  /** All keys under which an object counts. */
  Stream<ResourceKey> keys() {
    return held.keySet().stream();
  }

  /** How many objects count. */
  int size() {
    return held.size();
  }
}
