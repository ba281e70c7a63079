package io.sluice.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where an agent finds and keeps things; absolute paths.
 *
 * @param home the unpacked distribution, read only
 * @param conf its configuration, read only: {@code <pid>.cfg}, {@code jvm.options}, {@code
 *     logging.properties}
 * @param data what it may keep between two runs and can always do without
 * @param run what exists while it runs: its lock and its administration socket; accessible to its
 *     owner only
 */
public record Folders(Path home, Path conf, Path data, Path run) {
  static final String USAGE =
      "usage: sluice run [--conf <folder>] [--data <folder>] [--run <folder>]";

  /** Path length that a Unix domain socket can have on Linux ({@code sun_path}, with its NUL). */
  private static final int SOCKET_PATH = 107;

  /**
   * Reads the command line as {@link #of} does, for whoever is about to run an agent there.
   *
   * @throws StartException if an option is unknown or a folder can't be used
   */
  public static Folders parse(String[] arguments, Map<String, String> environment) {
    return of(arguments, environment).checked();
  }

  /**
   * Reads the command line; what it lacks comes from the environment, else lies in the
   * distribution.
   *
   * @throws StartException if an option is unknown
   */
  public static Folders of(String[] arguments, Map<String, String> environment) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      String option = arguments[i];
      if (!option.matches("--(home|conf|data|run)")) {
        throw new StartException("unknown option '" + option + "'\n" + USAGE);
      }
      if (i + 1 == arguments.length) {
        throw new StartException(option + " needs a folder\n" + USAGE);
      }
      given.put(option.substring(2), arguments[i + 1]);
    }
    String home = given.getOrDefault("home", environment.getOrDefault("SLUICE_HOME", "."));
    Path base = Path.of(home).toAbsolutePath().normalize();
    return new Folders(
        base,
        folder(given.get("conf"), environment.get("SLUICE_CONF"), base.resolve("config")),
        folder(given.get("data"), environment.get("SLUICE_DATA"), base.resolve("data")),
        folder(given.get("run"), environment.get("SLUICE_RUN"), base.resolve("run")));
  }

  private static Path folder(
      @org.jspecify.annotations.Nullable String option,
      @org.jspecify.annotations.Nullable String variable,
      Path otherwise) {
    String given = option != null ? option : variable;
    return given == null || given.isEmpty()
        ? otherwise
        : Path.of(given).toAbsolutePath().normalize();
  }

  private Folders checked() {
    if (!Files.isDirectory(bundles())) {
      throw new StartException(
          home + " is no distribution: it has no bundles/; start it with bin/sluice run");
    }
    if (!Files.isDirectory(conf)) {
      throw new StartException("the configuration folder " + conf + " does not exist");
    }
    int length = socket().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length > SOCKET_PATH) {
      throw new StartException(
          "the path of the administration socket "
              + socket()
              + " has "
              + length
              + " bytes and may have "
              + SOCKET_PATH
              + ": give a shorter folder with --run");
    }
    return this;
  }

  /** The bundles of the distribution, in folders by start level. */
  public Path bundles() {
    return home.resolve("bundles");
  }

  /** Where bundles can be dropped in while the agent runs. */
  public Path deploy() {
    return home.resolve("deploy");
  }

  /** Where an agent that was started in the background keeps its log. */
  public Path log() {
    return data.resolve("log");
  }

  /** The administration socket. */
  public Path socket() {
    return run.resolve("admin.sock");
  }
}
