package io.sluice.datapath.ovs.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs programs to their end. */
public final class Shell {
  private Shell() {}

  /** What a program that succeeds prints. */
  public static String run(String... command) throws IOException, InterruptedException {
    return feed("", command);
  }

  /** The same with an input. */
  public static String feed(String input, String... command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(List.of(command) + " ended with " + status + ": " + output);
    }
    return output;
  }

  /** Whether the program exists. */
  public static boolean has(String program) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + program + " >/dev/null").start().waitFor()
        == 0;
  }
}
