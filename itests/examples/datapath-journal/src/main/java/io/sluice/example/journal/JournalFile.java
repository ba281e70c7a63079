package io.sluice.example.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file that groups of lines are appended to. Confined to the datapath's thread. */
final class JournalFile {
  private final Path path;
  private final long maxBytes;
  private boolean broken = true;

  /**
   * Touches nothing yet.
   *
   * @param path the file; its folder must exist
   * @param maxBytes how long it may grow
   */
  JournalFile(Path path, long maxBytes) {
    this.path = path;
    this.maxBytes = maxBytes;
  }

  Path path() {
    return path;
  }

  /** Whether the next group must hold everything: nothing before it can be relied on. */
  boolean beginsAnew() throws IOException {
    return broken || isFull();
  }

  private boolean isFull() throws IOException {
    return Files.exists(path) && Files.size(path) > maxBytes;
  }

  /**
   * Appends a group of lines.
   *
   * @throws IOException if it may not be there as a whole; the next group must hold everything then
   */
  void append(List<String> group) throws IOException {
    if (isFull()) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    }
    broken = true;
    // A line that was cut off by an earlier failure must not swallow the first one of this group.
    String text = "\n" + String.join("\n", group) + "\n";
    Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    broken = false;
  }
}
