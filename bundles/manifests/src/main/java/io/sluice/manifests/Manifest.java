package io.sluice.manifests;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a file holds.
 *
 * @param origin the file's name, as resources and problems give it
 * @param resources the objects, in the order written; no key twice
 * @param workloads the workloads, if they were wanted
 * @param ports every container port that a pod or workload declares
 * @param skipped how many objects of each other kind there were
 * @param problems what was refused, and why
 * @param refused the refused objects that could be named
 * @param intact whether every refused object could be named; if not, what is missing here may still
 *     be meant to exist
 */
public record Manifest(
    String origin,
    List<Resource> resources,
    List<Workload> workloads,
    Set<DeclaredPort> ports,
    Map<String, Integer> skipped,
    List<Problem> problems,
    Set<ResourceKey> refused,
    boolean intact) {
  /** Copies the collections. */
  public Manifest {
    resources = List.copyOf(resources);
    workloads = List.copyOf(workloads);
    ports = Set.copyOf(ports);
    skipped = Map.copyOf(skipped);
    problems = List.copyOf(problems);
    refused = Set.copyOf(refused);
  }

  /** Whether there is nothing in the file, not even something wrong or skipped. */
  public boolean isBlank() {
    return resources.isEmpty() && workloads.isEmpty() && skipped.isEmpty() && problems.isEmpty();
  }
}
