package io.sluice.source.files;

import io.sluice.api.resource.Problem;
import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.manifests.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file counts for after a reading: what was read, and of what it held before, whatever it
 * may still be meant to hold.
 *
 * @param objects the objects
 * @param problems what was refused
 */
record FileContent(Map<ResourceKey, Resource> objects, List<Problem> problems) {
  /**
   * What a file counts for.
   *
   * @param manifest what was read
   * @param before what it counted for until now
   */
  static FileContent of(Manifest manifest, Map<ResourceKey, Resource> before) {
    Map<ResourceKey, Resource> objects = LinkedHashMap.newLinkedHashMap(before.size());
    for (Resource resource : manifest.resources()) {
      objects.put(resource.key(), resource);
    }
    List<Problem> problems = new ArrayList<>(manifest.problems());
    if (manifest.isBlank() && !before.isEmpty()) {
      objects.putAll(before);
      problems.add(
          new Problem(
              manifest.origin(),
              "",
              "",
              "is empty, but held " + Text.count(before.size(), "object") + ", which are kept",
              "restore its content, or delete the file to delete its objects"));
    } else if (!problems.isEmpty()) {
      before.forEach(
          (key, resource) -> {
            if (!manifest.intact() || manifest.refused().contains(key)) {
              objects.putIfAbsent(key, resource);
            }
          });
    }
    return new FileContent(objects, problems);
  }
}
