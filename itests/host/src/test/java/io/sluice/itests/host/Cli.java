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

  /** Runs a command of another distribution to its end, with the folders of an agent. */
  static Result run(Path home, Path folder, String command, String... options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(options));
    for (String option : new String[] {"conf", "data", "run"}) {
      arguments.add("--" + option);
      arguments.add(folder.resolve(option).toString());
    }
    return run(home, arguments);
  }

  /** Runs a command to its end. */
  static Result run(String... arguments) throws IOException, InterruptedException {
    return run(home(), List.of(arguments));
  }

  private static Result run(Path home, List<String> arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("sluice", ".out");
    Path err = Files.createTempFile("sluice", ".err");
    try {
      Process process =
          builder(home, arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            arguments + " did not end within " + SECONDS + " s: " + Files.readString(err));
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
