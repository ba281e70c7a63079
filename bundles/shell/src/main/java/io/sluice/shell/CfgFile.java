package io.sluice.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .cfg} file (the syntax of {@link java.util.Properties}), of which single keys are
 * changed and everything else stays as it is written: comments, order, keys of others.
 */
final class CfgFile {
  /** A key, as it begins a line; group 1 is there if the line is commented out. */
  private static final Pattern KEY =
      Pattern.compile("^\\s*(#\\s*)?([A-Za-z][\\w.-]*)\\s*(?:[=:]|$).*", Pattern.DOTALL);

  private static final Pattern CONTINUED = Pattern.compile("(?s).*(?<!\\\\)(\\\\\\\\)*\\\\");

  private final List<String> lines;

  private CfgFile(List<String> lines) {
    this.lines = lines;
  }

  static CfgFile read(Path file) throws IOException {
    return parse(Files.readAllLines(file, StandardCharsets.UTF_8));
  }

  /** Lines that a backslash continues become one. */
  static CfgFile parse(List<String> physical) {
    List<String> lines = new ArrayList<>();
    boolean continued = false;
    for (String line : physical) {
      if (continued) {
        lines.set(lines.size() - 1, lines.getLast() + "\n" + line);
      } else {
        lines.add(line);
      }
      continued =
          !lines.getLast().stripLeading().startsWith("#") && CONTINUED.matcher(line).matches();
    }
    return new CfgFile(lines);
  }

  /** The keys that are set, with their values as they are written. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher key = KEY.matcher(line);
      if (key.matches() && key.group(1) == null) {
        values.put(key.group(2), value(line));
      }
    }
    return values;
  }

  private static String value(String line) {
    String value = line.replaceFirst("^\\s*[\\w.-]+\\s*[=:]?\\s*", "");
    return value.replaceAll("\\\\\\n\\s*", "").replace("\\\\", "\\").strip();
  }

  /** The same with another value; a new key goes behind the line that has it commented out. */
  CfgFile with(String key, String value) {
    String line = (key + " = " + value.replace("\\", "\\\\")).strip();
    List<String> next = new ArrayList<>(lines);
    int at = last(key, false);
    if (at >= 0) {
      next.set(at, line);
    } else {
      int commented = last(key, true);
      next.add(commented >= 0 ? commented + 1 : next.size(), line);
    }
    return new CfgFile(next);
  }

  /** The same without the key. */
  CfgFile without(String key) {
    List<String> next = new ArrayList<>(lines);
    for (int at = last(key, false); at >= 0; at = new CfgFile(next).last(key, false)) {
      next.remove(at);
    }
    return new CfgFile(next);
  }

  /** The last line of a key, which is the one that counts; -1 if there is none. */
  private int last(String key, boolean commented) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher found = KEY.matcher(lines.get(i));
      if (found.matches() && found.group(2).equals(key) && (found.group(1) != null) == commented) {
        return i;
      }
    }
    return -1;
  }

  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** Replaces a file at one go, with the permissions and the owner that it had. */
  void write(Path file) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text());
      PosixFileAttributes before = Files.readAttributes(file, PosixFileAttributes.class);
      PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
      view.setPermissions(before.permissions());
      PosixFileAttributes now = view.readAttributes();
      if (!now.owner().equals(before.owner())) {
        view.setOwner(before.owner());
      }
      if (!now.group().equals(before.group())) {
        view.setGroup(before.group());
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
