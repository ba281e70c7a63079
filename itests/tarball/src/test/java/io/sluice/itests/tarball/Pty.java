package io.sluice.itests.tarball;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Somebody at a terminal: a program behind a pseudo-terminal, which script(1) makes. */
final class Pty implements AutoCloseable {
  /** As a terminal sends it that an editor of lines has set up. */
  static final String ARROW_UP = "\033OA";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern CONTROL = Pattern.compile("\033\\[[0-9;?]*[a-zA-Z]|\033[=>]");

  private final Process process;
  private final Path output;
  private final OutputStream keys;
  private int seen;

  Pty(Machine machine, Path output, String command) throws IOException {
    this.output = Files.writeString(output, "");
    process =
        machine.start(
            ProcessBuilder.Redirect.PIPE,
            ProcessBuilder.Redirect.to(output.toFile()),
            List.of("script", "--quiet", "--return", "--flush", "--command", command, "/dev/null"));
    keys = process.getOutputStream();
  }

  /** Presses keys. */
  void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Waits until this is on the screen, behind what was waited for before. */
  void await(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      String screen = screen();
      int found = screen.indexOf(text, seen);
      if (found >= 0) {
        seen = found + text.length();
        return;
      }
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("'" + text + "' is not on the screen:\n" + screen);
      }
      Thread.sleep(20);
    }
  }

  private String screen() throws IOException {
    return CONTROL.matcher(Files.readString(output, StandardCharsets.UTF_8)).replaceAll("");
  }

  /** Waits for the end of the program; its exit status. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the program does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    keys.close();
  }
}
