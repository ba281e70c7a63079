package io.sluice.manifests;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a directory: manifests are those that end in {@code .yaml}, {@code .yml} or {@code
 * .json}, do not begin with a dot and do not end with {@code ~}. Subdirectories are not entered.
 *
 * @param manifests the names of manifests, sorted
 * @param subdirectories how many subdirectories there are, which are not read
 */
public record ManifestDirectory(Set<String> manifests, int subdirectories) {
  /** Makes the names unmodifiable. */
  public ManifestDirectory {
    manifests = Collections.unmodifiableSet(manifests);
  }

  /**
   * Lists a directory.
   *
   * @throws IOException if it can't be read
   */
  public static ManifestDirectory of(Path directory) throws IOException {
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
    return new ManifestDirectory(manifests, subdirectories);
  }

  /** Whether a file of this name is read. */
  public static boolean isManifest(String name) {
    return !isHidden(name)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  /** Whether this is a name that editors or the kubelet use on the way. */
  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.endsWith("~");
  }
}
