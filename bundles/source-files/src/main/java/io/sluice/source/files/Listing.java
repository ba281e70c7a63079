package io.sluice.source.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a directory.
 *
 * @param manifests the names that may be manifests, sorted
 * @param subdirectories how many subdirectories there are, which are not read
 */
record Listing(Set<String> manifests, int subdirectories) {
  /**
   * Lists a directory.
   *
   * @throws IOException if it can't be read
   */
  static Listing of(Path directory) throws IOException {
    Set<String> manifests = new TreeSet<>();
    int subdirectories = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (isManifest(name)) {
          manifests.add(name);
        } else if (!isHidden(name) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          subdirectories++;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new Listing(manifests, subdirectories);
  }

  /** Whether a file of this name is read. */
  static boolean isManifest(String name) {
    return !isHidden(name)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  /** Whether this is a name that editors or the kubelet use on the way. */
  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.endsWith("~");
  }
}
