package io.sluice.launcher.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Programs of the node, which may be missing or hang. */
final class Programs {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MOST = 16 << 20;

  private Programs() {}

  /**
   * Runs one and answers what it printed.
   *
   * @throws IOException if it is missing or does not end in time
   */
  static String run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(() -> read(process), Thread.ofVirtual()::start);
    try {
      byte[] text = output.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return String.join(" ", command) + "\n\n" + new String(text, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw new IOException(command.getFirst() + " does not end within " + PATIENCE, e);
    } catch (ExecutionException e) {
      throw new IOException(command.getFirst() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] read(Process process) {
    try {
      return process.getInputStream().readNBytes(MOST);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
