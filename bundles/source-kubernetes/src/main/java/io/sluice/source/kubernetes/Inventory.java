package io.sluice.source.kubernetes;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.manifests.ApiItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is known of one kind. Not thread-safe. */
final class Inventory {
  private final Consumer<Change> listener;
  private final Map<ResourceKey, Held> objects = new HashMap<>();
  private final Map<ResourceKey, Refusal> refused = new TreeMap<>();
  private List<Problem> nameless = List.of();
  private int lists;

  /** What is wrong with an object, and the last list that named it. */
  private record Refusal(List<Problem> problems, int list) {}

  /** An object, and the last list that named it. */
  private static final class Held {
    private Resource resource;
    private int list;

    Held(Resource resource, int list) {
      this.resource = resource;
      this.list = list;
    }
  }

  /**
   * An empty one.
   *
   * @param listener is told every change
   */
  Inventory(Consumer<Change> listener) {
    this.listener = listener;
  }

  int size() {
    return objects.size();
  }

  /** Every object. */
  void forEach(Consumer<Resource> taker) {
    objects.values().forEach(held -> taker.accept(held.resource));
  }

  @Nullable Resource get(ResourceKey key) {
    Held held = objects.get(key);
    return held == null ? null : held.resource;
  }

  /** What was refused. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>(nameless);
    refused.values().forEach(refusal -> problems.addAll(refusal.problems()));
    return problems;
  }

  boolean hasProblems() {
    return !nameless.isEmpty() || !refused.isEmpty();
  }

  /** A list begins. */
  void begin() {
    lists++;
    nameless = List.of();
  }

  /** The server has this object. */
  void take(ApiItem item) {
    switch (item) {
      case ApiItem.Read(Resource resource) -> put(resource);
      case ApiItem.Refused bad -> {
        if (bad.key().isEmpty()) {
          nameless = bad.problems();
          return;
        }
        ResourceKey key = bad.key().get();
        refused.put(key, new Refusal(bad.problems(), lists));
        Held held = objects.get(key);
        if (held != null) {
          held.list = lists; // Its last good state stays.
        }
      }
    }
  }

  private void put(Resource resource) {
    ResourceKey key = resource.key();
    if (!refused.isEmpty()) {
      refused.remove(key);
    }
    Held held = objects.get(key);
    if (held == null) {
      objects.put(key, new Held(resource, lists));
    } else {
      held.list = lists;
      if (held.resource.equals(resource)) {
        return;
      }
      held.resource = resource;
    }
    listener.accept(new Change.Upsert(resource));
  }

  /** The object is gone. */
  void remove(ResourceKey key) {
    refused.remove(key);
    if (objects.remove(key) != null) {
      listener.accept(new Change.Delete(key));
    }
  }

  /**
   * The list is complete: what it has not named is gone, unless it held something that could not be
   * named.
   */
  void end() {
    if (!nameless.isEmpty()) {
      return;
    }
    List<ResourceKey> gone = new ArrayList<>();
    objects.forEach(
        (key, held) -> {
          if (held.list != lists) {
            gone.add(key);
          }
        });
    gone.forEach(this::remove);
    refused.values().removeIf(refusal -> refusal.list() != lists);
  }
}
