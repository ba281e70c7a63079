package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers what a file holds. */
final class ManifestBuilder {
  /** Nobody mends more than this at once, and a file could hold a problem in each line. */
  private static final int MAX_PROBLEMS = 1000;

  private final String origin;
  private final int maxObjects;
  private int room;
  private final Map<ResourceKey, Resource> resources = new LinkedHashMap<>();
  private final Map<String, Workload> workloads = new LinkedHashMap<>();
  private final Set<DeclaredPort> ports = new HashSet<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<ResourceKey> refused = new HashSet<>();
  private boolean intact = true;
  private int untold;

  ManifestBuilder(String origin, int maxObjects) {
    this.origin = origin;
    this.maxObjects = maxObjects;
    this.room = maxObjects;
  }

  String origin() {
    return origin;
  }

  Set<DeclaredPort> ports() {
    return ports;
  }

  /** Takes the place of one more object. */
  boolean takeRoom() {
    return --room >= 0;
  }

  /** Whether one more document may be read; reports it if not. */
  boolean hasRoom() {
    if (takeRoom()) {
      return true;
    }
    intact = false;
    tell(
        new Problem(
            origin, "", "", "more than " + maxObjects + " objects in one file", "split the file"));
    return false;
  }

  /** Adds the objects of a document. */
  void add(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      switch (outcome) {
        case Outcome.Kept kept -> keep(kept.resource());
        case Outcome.Template template -> keep(template.workload());
        case Outcome.Skipped other -> skipped.merge(other.kind(), 1, Integer::sum);
        case Outcome.Refused bad -> {
          bad.problems().forEach(this::tell);
          bad.key().ifPresent(refused::add);
          intact &= bad.key().isPresent();
        }
      }
    }
  }

  /** A document, or the rest of the file, can't be read. */
  void broken(int line, String message, String remedy) {
    intact = false;
    tell(new Problem(origin + ":" + line, "", "", message, remedy));
  }

  private void tell(Problem problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    } else {
      untold++;
    }
  }

  private void keep(Resource resource) {
    if (resources.putIfAbsent(resource.key(), resource) != null) {
      twice(resource.key().toString());
    }
  }

  private void keep(Workload workload) {
    if (workloads.putIfAbsent(workload.path(), workload) != null) {
      twice(workload.path());
    }
  }

  private void twice(String object) {
    tell(
        new Problem(
            origin,
            object,
            "metadata.name",
            "stands twice in this file; the first is used",
            "remove one of them, or rename it"));
  }

  Manifest build() {
    if (untold > 0) {
      problems.add(
          new Problem(origin, "", "", untold + " more problems", "mend the first ones first"));
    }
    return new Manifest(
        origin,
        List.copyOf(resources.values()),
        List.copyOf(workloads.values()),
        ports,
        skipped,
        problems,
        refused,
        intact);
  }
}
