package io.sluice.policies.mvstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Counts, in a file beside the one that is opened, how often in a row a process began to read that
 * one and did not come to an end. Damage may make an agent run out of memory; it must not do so at
 * every start.
 */
final class Attempt implements AutoCloseable {
  private final Path marker;
  private final int number;

  private Attempt(Path marker, int number) {
    this.marker = marker;
    this.number = number;
  }

  /** Begins the next one. */
  static Attempt begin(Path file) {
    Path marker = file.resolveSibling(file.getFileName() + ".opening");
    int number = 1;
    try {
      if (Files.exists(marker)) {
        number += (int) Files.size(marker);
      }
      Files.write(marker, new byte[number]);
    } catch (IOException e) {
      // On a full disk it goes uncounted: reading the copy matters more.
    }
    return new Attempt(marker, number);
  }

  /** 1 for the first one in a row. */
  int number() {
    return number;
  }

  /** It has come to an end, well or not. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(marker);
  }
}
