package io.sluice.drill;

import io.sluice.api.resource.Resource;
import io.sluice.api.resource.ResourceKind;
import io.sluice.kit.cluster.Cluster;
import io.sluice.manifests.Limits;
import io.sluice.manifests.Manifest;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Wanted;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The directory that the agent follows, and what it means. Files appear in it complete, by
 * renaming.
 */
final class Manifests {
  /** Writes what nobody meant. */
  @FunctionalInterface
  interface Garbage {
    void write(OutputStream out) throws IOException;
  }

  private static final ManifestReader READER =
      new ManifestReader(
          Limits.DEFAULT, new Wanted(Set.of(ResourceKind.NETWORK_POLICY), /* workloads= */ false));

  private final Path directory;
  private final Path elsewhere;
  private final Map<String, String> files = new TreeMap<>();
  private boolean away;

  Manifests(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.elsewhere = directory.resolveSibling(directory.getFileName() + ".away");
  }

  /** Where the agent looks. */
  Path directory() {
    return directory;
  }

  private Path place() {
    return away ? elsewhere : directory;
  }

  void put(String file, String text) throws IOException {
    files.put(file, text);
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String file, byte[] bytes) throws IOException {
    garble(file, out -> out.write(bytes));
  }

  /** Writes a file that is not meant to mean anything; what it meant before stays meant. */
  void garble(String file, Garbage garbage) throws IOException {
    Path draft = place().resolve("." + file + ".draft");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
      garbage.write(out);
    }
    Files.move(draft, place().resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Garbage goes: what the file meant before is written again, if it meant something. */
  void clear(String file) throws IOException {
    String meant = files.get(file);
    if (meant == null) {
      Files.delete(place().resolve(file));
    } else {
      write(file, meant.getBytes(StandardCharsets.UTF_8));
    }
  }

  void remove(String file) throws IOException {
    files.remove(file);
    Files.delete(place().resolve(file));
  }

  /** The directory vanishes, as when a volume is unmounted; what is changed now shows later. */
  void takeAway() throws IOException {
    Files.move(directory, elsewhere, StandardCopyOption.ATOMIC_MOVE);
    away = true;
  }

  void bringBack() throws IOException {
    Files.move(elsewhere, directory, StandardCopyOption.ATOMIC_MOVE);
    away = false;
  }

  /** What the files mean. */
  Cluster cluster() throws IOException {
    List<Resource> resources = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      Manifest manifest = READER.read(new ByteArrayInputStream(bytes), file.getKey());
      if (!manifest.problems().isEmpty()) {
        throw new DrillException("bad manifest: " + manifest.problems());
      }
      resources.addAll(manifest.resources());
    }
    return Cluster.of(resources);
  }
}
