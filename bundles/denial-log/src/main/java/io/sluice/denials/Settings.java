package io.sluice.denials;

import io.sluice.api.resource.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration, read.
 *
 * @param file the file
 * @param maxBytes how long it may become
 * @param files how many are kept
 * @param repeatInterval how long a flow's repeats are folded into one line
 * @param problems what could not be read; its default is used
 */
record Settings(
    Path file, long maxBytes, int files, Duration repeatInterval, List<Problem> problems) {
  private static final long MIB = 1 << 20;

  /**
   * Reads it.
   *
   * @param data the agent's data folder
   */
  static Settings of(DenialsConfig config, Path data) {
    List<Problem> problems = new ArrayList<>();
    return new Settings(
        file(config.file().strip(), data.resolve("denials.log"), problems),
        number("maxSize", config.maxSize(), 1, 10_240, 10, problems) * MIB,
        number("files", config.files(), 1, 100, 5, problems),
        Duration.ofSeconds(
            number("repeatInterval", config.repeatInterval(), 0, 86_400, 60, problems)),
        List.copyOf(problems));
  }

  private static Path file(String text, Path otherwise, List<Problem> problems) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      problems.add(
          problem("file", "'" + text + "' is no path; " + otherwise + " is used", "write a path"));
      return otherwise;
    }
  }

  private static int number(
      String key, String text, int least, int most, int otherwise, List<Problem> problems) {
    String digits = text.strip();
    if (digits.isEmpty()) {
      return otherwise;
    }
    if (digits.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(digits);
      if (least <= number && number <= most) {
        return number;
      }
    }
    problems.add(
        problem(
            key,
            "'"
                + digits
                + "' is no number from "
                + least
                + " to "
                + most
                + "; "
                + otherwise
                + " is used",
            "write a whole number, or leave the key out"));
    return otherwise;
  }

  private static Problem problem(String key, String message, String remedy) {
    return new Problem("io.sluice.denials.cfg", "", key, message, remedy);
  }
}
