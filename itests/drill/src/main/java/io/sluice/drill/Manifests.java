package io.sluice.drill;

import io.sluice.api.resource.ResourceKey;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A directory of manifests. Files appear in it complete, by renaming. */
final class Manifests extends Inputs {
  /** Writes what nobody meant. */
  @FunctionalInterface
  interface Garbage {
    void write(OutputStream out) throws IOException;
  }

  private final Path directory;
  private final Path elsewhere;
  private boolean away;

  Manifests(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.elsewhere = directory.resolveSibling(directory.getFileName() + ".away");
  }

  @Override
  Map<String, String> settings() {
    return Map.of("io.sluice.source.files", "directory = " + directory + "\n");
  }

  private Path place() {
    return away ? elsewhere : directory;
  }

  @Override
  void write(String file, String text) throws IOException {
    garble(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  void delete(String file, boolean whole, Set<ResourceKey> keys) throws IOException {
    if (whole) {
      Files.delete(place().resolve(file));
    }
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
    Optional<String> meant = meant(file);
    if (meant.isPresent()) {
      write(file, meant.get());
    } else {
      Files.delete(place().resolve(file));
    }
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

  @Override
  public void close() {
    // The laboratory removes it with everything else.
  }
}
