package io.sluice.datapath.ovs.unixctl;

import io.sluice.datapath.ovs.jsonrpc.Json;
import io.sluice.datapath.ovs.jsonrpc.JsonRpcConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Calls of {@code ovs-vswitchd}, each over a connection of its own, as ovs-appctl(8) makes them. No
 * call blocks.
 *
 * <p>{@code runDirectory} is where {@code ovs-vswitchd.pid} and {@code ovs-vswitchd.<pid>.ctl} are.
 */
public final class Unixctl {
  private static final String DAEMON = "ovs-vswitchd";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Unixctl() {}

  /**
   * Waits until every cached decision of the switch is one that the flow tables of now make.
   *
   * <p>The daemon answers {@code revalidator/wait} at the end of the round that is under way, and a
   * round that began before the tables changed has looked at part of the cache by the old tables.
   * So two rounds are awaited: the second began after the first was over, with the new tables.
   *
   * @return fails with an {@link IOException} if the daemon does not answer within 30 s or goes
   *     away
   */
  public static CompletionStage<Void> revalidatorWait(Path runDirectory) {
    return round(runDirectory).thenCompose(first -> round(runDirectory)).thenAccept(second -> {});
  }

  private static CompletionStage<String> round(Path runDirectory) {
    return call(runDirectory, "revalidator/wait", List.of(), PATIENCE);
  }

  /** What the daemon says its version is. */
  public static CompletionStage<String> version(Path runDirectory) {
    return call(runDirectory, "version", List.of(), PATIENCE).thenApply(String::strip);
  }

  /**
   * Calls any command.
   *
   * @return what it prints; fails with a {@link io.sluice.datapath.ovs.jsonrpc.JsonRpcException} if
   *     the daemon refuses, with an {@link IOException} if it cannot be reached, goes away, or does
   *     not answer in time
   */
  public static CompletionStage<String> call(
      Path runDirectory, String command, List<String> arguments, Duration timeout) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    JsonRpcConnection connection;
    try {
      connection = JsonRpcConnection.open(socket(runDirectory), new Quiet());
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    Json parameters = Json.texts(arguments.toArray(String[]::new));
    connection
        .call(command, parameters)
        .whenComplete(
            (result, failure) -> {
              if (failure == null) {
                answer.complete(result.asText().orElse(""));
              } else {
                answer.completeExceptionally(failure);
              }
            });
    answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    return answer
        .whenComplete((result, failure) -> connection.close())
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(command, failure)));
  }

  private static Throwable told(String command, Throwable failure) {
    Throwable cause =
        failure.getCause() != null && failure instanceof CompletionException
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? new IOException(DAEMON + " did not answer '" + command + "' in time", cause)
        : cause;
  }

  /**
   * The control socket of the daemon that runs now: the one that the pid file names, or the only
   * one there is.
   */
  private static Path socket(Path runDirectory) throws IOException {
    Path pidFile = runDirectory.resolve(DAEMON + ".pid");
    if (Files.exists(pidFile)) {
      return runDirectory.resolve(DAEMON + "." + Files.readString(pidFile).strip() + ".ctl");
    }
    try (Stream<Path> files = Files.list(runDirectory)) {
      List<Path> sockets =
          files
              .filter(file -> file.getFileName().toString().matches(DAEMON + "\\.\\d+\\.ctl"))
              .toList();
      if (sockets.size() != 1) {
        throw new IOException(
            "no " + pidFile + ", and " + sockets.size() + " sockets " + DAEMON + ".<pid>.ctl");
      }
      return sockets.getFirst();
    }
  }

  /** Nothing comes unasked, and that the connection ends is expected. */
  private static final class Quiet implements JsonRpcConnection.Listener {
    @Override
    public void notification(String method, Json parameters) {}

    @Override
    public void closed(IOException cause) {}
  }
}
