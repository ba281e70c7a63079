package io.sluice.launcher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.logging.LogManager;

/**
 * The JDK's logging, to the end: the JDK closes its log handlers as soon as a process begins to
 * shut down, while an agent has yet to say how it stopped.
 */
public final class AgentLogManager extends LogManager {
  /** Environment variable: the folder of the rotated files to log to, instead of standard error. */
  public static final String FOLDER = "SLUICE_LOG";

  private static final String FILE = "logging.properties";
  private static final String HANDLER = "java.util.logging.FileHandler";
  private static final Map<String, String> FILES =
      Map.of(
          HANDLER + ".level", "ALL",
          HANDLER + ".formatter", LineFormatter.class.getName(),
          HANDLER + ".encoding", "UTF-8",
          HANDLER + ".append", "true",
          HANDLER + ".limit", "10485760",
          HANDLER + ".count", "5");

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
    String folder = System.getenv(FOLDER);
    try (InputStream in = Files.newInputStream(file)) {
      getLogManager()
          .readConfiguration(
              folder == null ? in : toFiles(in, Files.createDirectories(Path.of(folder))));
    } catch (IOException e) {
      throw new StartException("can't read " + file + ": " + e, e);
    }
  }

  /** The configuration with one handler, which writes to {@code agent.0.log} and rotates. */
  private static InputStream toFiles(InputStream given, Path folder) throws IOException {
    Properties properties = new Properties();
    properties.putAll(FILES);
    properties.load(given);
    properties.setProperty("handlers", HANDLER);
    // A % would be a pattern of the handler.
    properties.setProperty(
        HANDLER + ".pattern", folder.resolve("agent.").toString().replace("%", "%%") + "%g.log");
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    properties.store(text, null);
    return new ByteArrayInputStream(text.toByteArray());
  }
}
