package io.sluice.itests.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bin/sluice} of the unpacked distribution. */
final class Cli {
  private static final long SECONDS = 60;

  private Cli() {}

  /**
   * What a command printed and how it ended.
   *
   * @param status its exit status
   * @param out its standard output
   * @param err its standard error
   */
  record Result(int status, String out, String err) {}

  /** The unpacked distribution. */
  static Path home() {
    String property = System.getProperty("sluice.distribution");
    Path home = Path.of(property == null ? "../../distribution/target/sluice" : property);
    if (!Files.isExecutable(home.resolve("bin/sluice"))) {
      throw new IllegalStateException("no distribution at " + home + ": run 'make dist' first");
    }
    return home.toAbsolutePath().normalize();
  }

  /** The process of a command, not started; without any setting of the environment. */
  static ProcessBuilder builder(Path home, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/sluice").toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    return builder;
  }

  /** Runs a command to its end. */
  static Result run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("sluice", ".out");
    Path err = Files.createTempFile("sluice", ".err");
    try {
      Process process =
          builder(home(), List.of(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            List.of(arguments) + " did not end within " + SECONDS + " s: " + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
