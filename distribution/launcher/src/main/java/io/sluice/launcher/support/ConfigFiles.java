package io.sluice.launcher.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a configuration folder. */
final class ConfigFiles {
  private static final int DEPTH = 4;
  private static final int MOST = 2_000;

  private ConfigFiles() {}

  /** All files below the folder, sorted; links to files count. */
  static List<Path> all(Path conf) throws IOException {
    if (!Files.isDirectory(conf)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(conf, DEPTH)) {
      return files.filter(Files::isRegularFile).limit(MOST).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whether the agent reads it as its configuration; all others may be anything. */
  static boolean isOurs(Path file) {
    return file.getFileName()
        .toString()
        .matches("[^.].*\\.(cfg|config)|jvm\\.options|logging\\.properties");
  }

  /** A configuration file with every secret setting blanked. */
  static String blanked(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    boolean continued = false;
    boolean secret = false;
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
      if (!continued) {
        String key = line.replaceFirst("^[\\s#!]*", "").split("[\\s=:]", 2)[0];
        boolean comment = line.stripLeading().startsWith("#");
        secret = Redactor.isSecret(key) && !(comment && !line.contains("="));
        text.append(secret ? key + " = " + Redactor.REMOVED : line).append('\n');
      } else if (!secret) {
        text.append(line).append('\n');
      }
      continued = line.endsWith("\\");
    }
    return text.toString();
  }
}
