package io.sluice.itests.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One section of the README: what its reader is to run, and which files to write. */
final class Readme {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?ms)(?:^`([^`\\n]+)`[^\\n]*(?:\\n[^`\\n]+)*\\n\\n)?^```(\\w+)\\n(.*?)^```$");

  /**
   * A block of code.
   *
   * @param file the file that it is the content of; empty for commands
   * @param language what stands behind the fence
   * @param text its lines
   */
  record Block(String file, String language, String text) {}

  private final List<Block> blocks = new ArrayList<>();

  /** Reads the section under this heading. */
  Readme(Path file, String heading) throws IOException {
    String all = Files.readString(file);
    int from = all.indexOf("\n## " + heading + "\n");
    if (from < 0) {
      throw new AssertionError(file + " has no section '" + heading + "'");
    }
    Matcher found = BLOCK.matcher(all.substring(from, all.indexOf("\n## ", from + 1)));
    while (found.find()) {
      String name = found.group(1);
      blocks.add(new Block(name == null ? "" : name, found.group(2), found.group(3)));
    }
  }

  /** The commands, in order. */
  List<String> commands() {
    return blocks.stream()
        .filter(block -> block.file().isEmpty() && block.language().equals("sh"))
        .map(Block::text)
        .toList();
  }

  /** The files. */
  List<Block> files() {
    return blocks.stream().filter(block -> !block.file().isEmpty()).toList();
  }
}
