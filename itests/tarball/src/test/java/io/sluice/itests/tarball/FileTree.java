package io.sluice.itests.tarball;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything below a folder, to be compared with later. */
final class FileTree {
  private FileTree() {}

  /** Each path with its permissions, and what it holds or leads to. */
  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        tree.put(root.relativize(path).toString(), describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    if (!Files.isRegularFile(path)) {
      return mode;
    }
    return mode
        + " "
        + Files.size(path)
        + " "
        + (Files.size(path) < 1 << 16
            ? Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1)
            : "");
  }
}
