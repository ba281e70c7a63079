package io.sluice.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;

/**
 * The JDK's logging, to the end: the JDK closes its log handlers as soon as a process begins to
 * shut down, while an agent has yet to say how it stopped.
 */
public final class AgentLogManager extends LogManager {
  private static final String FILE = "logging.properties";

  /** Does nothing: the handlers live as long as the process. */
  @Override
  public void reset() {}

  /**
   * Reads the levels and handlers from the configuration folder, else from the distribution.
   *
   * @throws StartException if the file can't be read
   */
  static void configure(Folders folders) {
    Path own = folders.conf().resolve(FILE);
    Path file = Files.exists(own) ? own : folders.home().resolve("config").resolve(FILE);
    try (InputStream in = Files.newInputStream(file)) {
      getLogManager().readConfiguration(in);
    } catch (IOException e) {
      throw new StartException("can't read " + file + ": " + e, e);
    }
  }
}
