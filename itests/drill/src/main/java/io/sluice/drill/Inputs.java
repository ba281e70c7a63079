package io.sluice.drill;

import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKey;
import io.sluice.api.resource.ResourceKind;
import io.sluice.kit.cluster.Cluster;
import io.sluice.manifests.Limits;
import io.sluice.manifests.Manifest;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Wanted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The objects that the agent is to follow, in files, and what they mean. */
abstract class Inputs implements AutoCloseable {
  private static final ManifestReader READER =
      new ManifestReader(
          Limits.DEFAULT, new Wanted(Set.of(ResourceKind.NETWORK_POLICY), /* workloads= */ false));

  private final Map<String, String> files = new TreeMap<>();

  /** How the agent is told of them: configuration by pid. */
  abstract Map<String, String> settings();

  /** Objects come or change. */
  abstract void write(String file, String text) throws IOException;

  /**
   * Objects go.
   *
   * @param keys those of the file, or those that the file no longer holds
   */
  abstract void delete(String file, boolean whole, Set<ResourceKey> keys) throws IOException;

  final void put(String file, String text) throws IOException {
    Set<ResourceKey> gone = keys(file);
    files.put(file, text);
    write(file, text);
    gone.removeAll(keys(file));
    if (!gone.isEmpty()) {
      delete(file, false, gone);
    }
  }

  final void remove(String file) throws IOException {
    Set<ResourceKey> gone = keys(file);
    files.remove(file);
    delete(file, true, gone);
  }

  /** What a file is meant to say. */
  final Optional<String> meant(String file) {
    return Optional.ofNullable(files.get(file));
  }

  private Set<ResourceKey> keys(String file) throws IOException {
    String text = files.get(file);
    return (text == null ? List.<Resource>of() : read(file, text))
        .stream().map(Resource::key).collect(Collectors.toSet());
  }

  private static List<Resource> read(String file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Manifest manifest = READER.read(new ByteArrayInputStream(bytes), file);
    if (!manifest.problems().isEmpty()) {
      throw new DrillException("bad manifest: " + manifest.problems());
    }
    return manifest.resources();
  }

  /** What all of it means. */
  final Cluster cluster() throws IOException {
    List<Resource> resources = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      resources.addAll(read(file.getKey(), file.getValue()));
    }
    return Cluster.of(resources);
  }

  @Override
  public abstract void close() throws IOException;
}
