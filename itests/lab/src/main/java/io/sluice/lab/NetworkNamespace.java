package io.sluice.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * A network namespace that Java code can run in.
 *
 * <p>A thread enters it by setns(2). Sockets opened, processes started and {@code /proc/sys/net}
 * read or written on such a thread belong to the namespace; a socket stays there whichever thread
 * uses it later.
 */
public final class NetworkNamespace implements AutoCloseable {
  /** Work that may fail with an I/O error. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  private final String name;
  private final LabRecord record;
  private final ExecutorService thread;

  NetworkNamespace(String name, LabRecord record) {
    this.name = name;
    this.record = record;
    this.thread = Executors.newSingleThreadExecutor(threads("in-" + name));
  }

  /** Its name, as {@code ip netns} has it. */
  public String name() {
    return name;
  }

  /**
   * Runs work on the thread of this namespace and waits for it. Work that blocks holds up everyone
   * else's work here; use {@link #threads} for that.
   *
   * @throws IOException what the work threw
   */
  public <T> T call(Work<T> work) throws IOException {
    try {
      return thread.submit(work::run).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException("in " + name + ": " + io.getMessage(), io);
      }
      throw new LabException("in " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for work in " + name, e);
    }
  }

  /** Makes daemon threads that are in this namespace from their first instruction. */
  public ThreadFactory threads(String threadName) {
    return work ->
        Thread.ofPlatform()
            .daemon()
            .name(threadName)
            .unstarted(
                () -> {
                  try {
                    Libc.enter(name);
                  } catch (IOException e) {
                    throw new LabException("can't enter " + name, e);
                  }
                  work.run();
                });
  }

  /** Runs a command in this namespace to its end; answers what it printed. */
  public String run(String... command) throws IOException {
    return call(() -> Command.run(command));
  }

  /** Runs {@code ip -batch} in this namespace. */
  void ip(String batch) throws IOException {
    call(() -> Command.run(List.of("ip", "-batch", "-"), Map.of(), batch));
  }

  /**
   * Starts a process in this namespace. It ends with the lab at the latest.
   *
   * @param command the command
   * @param environment variables to add
   * @param output where its output is appended
   */
  public Process start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    return call(
        () -> {
          ProcessBuilder builder =
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
          builder.environment().putAll(environment);
          Process process = builder.start();
          record.process(process.pid());
          return process;
        });
  }

  /** Has a process that others have started here end with the lab at the latest. */
  public void adopt(long pid) throws IOException {
    record.process(pid);
  }

  /**
   * Sets a kernel parameter of this namespace.
   *
   * @param key the path below {@code /proc/sys/net}, for example {@code ipv4/ip_forward}
   */
  public void sysctl(String key, String value) throws IOException {
    call(() -> Files.writeString(Path.of("/proc/sys/net", key), value));
  }

  /** Ends the thread; the namespace itself goes with the lab. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
