package io.sluice.apiserver.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects as files of a directory, one each, so that a server that was killed comes back with
 * what it had. Generated objects are not written.
 */
final class Disk {
  private final Path directory;

  Disk(Path directory) {
    this.directory = directory;
  }

  private Path file(ResourceType type, String namespace, String name) {
    return directory.resolve(type.plural() + "_" + namespace + "_" + name + ".json");
  }

  void put(ResourceType type, String namespace, String name, String json) {
    Path file = file(type, namespace, name);
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, json);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(ResourceType type, String namespace, String name) {
    try {
      Files.deleteIfExists(file(type, namespace, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every object that was written. */
  List<String> read() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Disk::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
