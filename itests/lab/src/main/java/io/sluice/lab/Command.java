package io.sluice.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs one command to its end. A command inherits the network namespace of the calling thread. */
final class Command {
  private Command() {}

  static String run(String... command) throws IOException {
    return run(List.of(command), Map.of(), "");
  }

  /**
   * Runs a command.
   *
   * @return what it printed, standard error included
   * @throws IOException if it fails; the message holds what it printed
   */
  static String run(List<String> command, Map<String, String> environment, String input)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " failed (" + status + "): " + output);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + String.join(" ", command), e);
    }
    return output;
  }
}
