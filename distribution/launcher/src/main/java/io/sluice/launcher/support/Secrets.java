package io.sluice.launcher.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a configuration keeps secret: the values of settings that say so, and what is in the
 * files that it names (kubeconfigs, tokens, keys) and in the files beside it that are no
 * configuration of Sluice.
 */
final class Secrets {
  /** What is larger is no credential. */
  private static final long LARGEST = 1 << 20;

  /** Encoded keys and tokens; names and paths seldom mix digits and letters of both cases. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "(?<![\\w+/])(?=[\\w+/]*\\d)(?=[\\w+/]*[a-z])(?=[\\w+/]*[A-Z])[\\w+/]{20,}={0,2}");

  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\s]+");

  /** Shorter lines of what was encoded say nothing. */
  private static final int LINE = 8;

  private static final Pattern PATH = Pattern.compile("(?<![\\w.$}])/[^\\s,;'\"]+");
  private static final Path ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final Set<String> found = new HashSet<>();
  private final Set<Path> read = new HashSet<>();
  private final Deque<Path> named = new ArrayDeque<>();

  private Secrets() {}

  /** All secrets that can be found. */
  static Set<String> in(Path conf) throws IOException {
    Secrets secrets = new Secrets();
    secrets.named.add(ACCOUNT);
    for (Path file : ConfigFiles.all(conf)) {
      if (ConfigFiles.isOurs(file)) {
        secrets.configuration(text(file));
      } else {
        secrets.named.add(file);
      }
    }
    while (!secrets.named.isEmpty()) {
      secrets.credentials(secrets.named.remove());
    }
    return secrets.found;
  }

  private void configuration(String text) {
    String joined = text.replaceAll("\\\\\r?\n\\s*", "");
    for (String line : joined.lines().toList()) {
      String[] setting = line.replaceFirst("^[\\s#!]*", "").split("\\s*[=:]\\s*|\\s+", 2);
      if (setting.length == 2 && Redactor.isSecret(setting[0]) && !isProse(line, setting[1])) {
        found.add(setting[1].strip());
      }
    }
    found.addAll(Redactor.assigned(joined));
    names(joined);
  }

  /** A comment in words, not a setting that was commented out. */
  private static boolean isProse(String line, String value) {
    return line.stripLeading().startsWith("#") && value.strip().contains(" ");
  }

  /** A file that holds credentials, or names files that do. */
  private void credentials(Path file) {
    try {
      Path real = file.toRealPath();
      if (!read.add(real) || !Files.isRegularFile(real) || Files.size(real) > LARGEST) {
        return;
      }
      String text = text(real);
      found.addAll(Redactor.assigned(text));
      OPAQUE.matcher(text).results().forEach(match -> opaque(match.group()));
      if (text.lines().limit(2).count() == 1) {
        found.add(text.strip());
      }
      names(text);
    } catch (IOException e) {
      // What this process can't read, nothing that it collects can quote.
    }
  }

  /** What is encoded may be printed as it is elsewhere. */
  private void opaque(String encoded) {
    found.add(encoded);
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
      if (PRINTABLE.matcher(text).matches()) {
        text.lines().map(String::strip).filter(line -> line.length() >= LINE).forEach(found::add);
      }
    } catch (IllegalArgumentException e) {
      // It is not encoded in this way.
    }
  }

  private void names(String text) {
    PATH.matcher(text)
        .results()
        .map(match -> match.group())
        .forEach(
            path -> {
              try {
                named.add(Path.of(path));
              } catch (InvalidPathException e) {
                // It names no file.
              }
            });
  }

  /** Bytes as they are: a binary file has no text to be found in. */
  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
