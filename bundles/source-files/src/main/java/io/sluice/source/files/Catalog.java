package io.sluice.source.files;

import io.sluice.api.resource.Change;
import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The objects of all files. An object that stands in several is taken from the one whose name sorts
 * first. Work follows what changes, not what there is.
 */
final class Catalog {
  /** As many as anyone reads; the rest shows when these are mended. */
  private static final int MAX_PROBLEMS = 1000;

  private final Map<String, Map<ResourceKey, Resource>> files = new HashMap<>();
  private final Map<ResourceKey, String> owners = new HashMap<>();

  /** The files of each object that stands in more than one. */
  private final Map<ResourceKey, TreeSet<String>> contested = new TreeMap<>();

  private final Consumer<Change> listener;

  /**
   * An empty one.
   *
   * @param listener is told every change
   */
  Catalog(Consumer<Change> listener) {
    this.listener = listener;
  }

  /** What a file holds. */
  Map<ResourceKey, Resource> of(String file) {
    return files.getOrDefault(file, Map.of());
  }

  /** How many objects there are. */
  int size() {
    return owners.size();
  }

  /** Every object, once. */
  Collection<Resource> resources() {
    List<Resource> all = new ArrayList<>(owners.size());
    owners.forEach((key, file) -> all.add(resource(file, key)));
    return all;
  }

  /** A file now holds these objects. */
  void put(String file, Map<ResourceKey, Resource> objects) {
    Map<ResourceKey, Resource> before = of(file);
    files.put(file, objects);
    for (Map.Entry<ResourceKey, Resource> entry : objects.entrySet()) {
      ResourceKey key = entry.getKey();
      Resource old = before.get(key);
      if (old == null) {
        claim(file, key);
      } else if (file.equals(owners.get(key)) && !old.equals(entry.getValue())) {
        listener.accept(new Change.Upsert(entry.getValue()));
      }
    }
    for (ResourceKey key : before.keySet()) {
      if (!objects.containsKey(key)) {
        release(file, key, before);
      }
    }
  }

  /** A file is gone. */
  void remove(String file) {
    Map<ResourceKey, Resource> before = files.remove(file);
    if (before != null) {
      before.keySet().forEach(key -> release(file, key, before));
    }
  }

  private void claim(String file, ResourceKey key) {
    String owner = owners.putIfAbsent(key, file);
    if (owner == null) {
      listener.accept(new Change.Upsert(resource(file, key)));
      return;
    }
    TreeSet<String> claimants = contested.computeIfAbsent(key, k -> new TreeSet<>());
    claimants.add(owner);
    claimants.add(file);
    own(key, claimants.first(), resource(owner, key));
  }

  private void release(String file, ResourceKey key, Map<ResourceKey, Resource> before) {
    TreeSet<String> claimants = contested.get(key);
    if (claimants == null) {
      owners.remove(key);
      listener.accept(new Change.Delete(key));
      return;
    }
    claimants.remove(file);
    if (claimants.size() == 1) {
      contested.remove(key);
    }
    if (file.equals(owners.get(key))) {
      own(key, claimants.first(), Objects.requireNonNull(before.get(key)));
    }
  }

  private void own(ResourceKey key, String file, Resource before) {
    owners.put(key, file);
    Resource now = resource(file, key);
    if (!now.equals(before)) {
      listener.accept(new Change.Upsert(now));
    }
  }

  private Resource resource(String file, ResourceKey key) {
    return Objects.requireNonNull(of(file).get(key), "an owner holds what it owns");
  }

  /** The objects that stand in more than one file. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<ResourceKey, TreeSet<String>> entry : contested.entrySet()) {
      ResourceKey key = entry.getKey();
      String first = entry.getValue().first();
      for (String file : entry.getValue().tailSet(first, false)) {
        if (problems.size() == MAX_PROBLEMS) {
          return problems;
        }
        problems.add(
            new Problem(
                resource(file, key).origin(),
                key.toString(),
                "metadata.name",
                "stands in " + resource(first, key).origin() + " as well, which is used",
                "remove it from one of the two files, or rename it"));
      }
    }
    return problems;
  }
}
