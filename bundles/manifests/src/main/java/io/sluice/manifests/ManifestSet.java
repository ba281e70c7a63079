package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Several files, put together. An object that stands in two files is taken from the first; the
 * later is refused.
 *
 * @param resources the objects by key
 * @param problems the objects that stand in more than one file
 */
public record ManifestSet(SequencedMap<ResourceKey, Resource> resources, List<Problem> problems) {
  /** Copies the problems; the map must not be changed any more. */
  public ManifestSet {
    problems = List.copyOf(problems);
  }

  /** Puts files together; what is earlier in the order goes before. */
  public static ManifestSet of(Iterable<Manifest> manifests) {
    SequencedMap<ResourceKey, Resource> resources = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Manifest manifest : manifests) {
      for (Resource resource : manifest.resources()) {
        Resource first = resources.putIfAbsent(resource.key(), resource);
        if (first != null) {
          problems.add(duplicate(resource.origin(), resource.key().toString(), first.origin()));
        }
      }
    }
    return new ManifestSet(resources, problems);
  }

  /**
   * The workloads of several files, each once.
   *
   * @param manifests the files
   * @param problems where the later of two is reported
   */
  public static List<Workload> workloads(Iterable<Manifest> manifests, List<Problem> problems) {
    Map<String, Workload> workloads = new LinkedHashMap<>();
    for (Manifest manifest : manifests) {
      for (Workload workload : manifest.workloads()) {
        Workload first = workloads.putIfAbsent(workload.path(), workload);
        if (first != null) {
          problems.add(
              duplicate(workload.endpoint().origin(), workload.path(), first.endpoint().origin()));
        }
      }
    }
    return List.copyOf(workloads.values());
  }

  private static Problem duplicate(String origin, String object, String first) {
    return new Problem(
        origin,
        object,
        "metadata.name",
        "stands in " + first + " as well, which is used",
        "remove it from " + origin + " or from " + first + ", or rename it");
  }
}
