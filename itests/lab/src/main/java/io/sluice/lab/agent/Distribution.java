package io.sluice.lab.agent;

import io.sluice.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The unpacked distribution, used as anybody would: through {@code bin/sluice}.
 *
 * @param home its folder
 */
public record Distribution(Path home) {
  /**
   * Makes the folder absolute.
   *
   * @throws LabException if there is no distribution
   */
  public Distribution {
    home = home.toAbsolutePath().normalize();
    if (!Files.isExecutable(home.resolve("bin/sluice"))) {
      throw new LabException(home + " holds no distribution; build one with: make dist");
    }
  }

  /** The command line of {@code bin/sluice} with these arguments. */
  public List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/sluice").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs {@code bin/sluice} to its end. */
  public Answer run(String... arguments) throws IOException {
    Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Answer(process.waitFor(), text);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
