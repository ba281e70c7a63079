package io.sluice.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Open vSwitch (database server and switch daemon, userspace datapath) in a namespace, with
 * directories of its own.
 */
final class OpenVSwitch {
  private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

  private final NetworkNamespace namespace;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Process database;
  private @Nullable Process daemon;

  OpenVSwitch(NetworkNamespace namespace, Path directory) throws IOException {
    this.namespace = namespace;
    this.directory = directory;
    for (String kind : List.of("RUN", "DB", "LOG", "SYSCONF")) {
      Path path = directory.resolve(kind.toLowerCase(java.util.Locale.ROOT));
      Files.createDirectories(path);
      environment.put("OVS_" + kind + "DIR", path.toString());
    }
  }

  /** Where the sockets are: {@code db.sock} and {@code <bridge>.mgmt}. */
  Path socketDirectory() {
    return directory.resolve("run");
  }

  Path logDirectory() {
    return directory.resolve("log");
  }

  private String databaseSocket() {
    return "unix:" + socketDirectory().resolve("db.sock");
  }

  void startDatabase() throws IOException {
    Path file = directory.resolve("db/conf.db");
    if (!Files.exists(file)) {
      run(List.of("ovsdb-tool", "create", file.toString(), SCHEMA.toString()));
    }
    database =
        start(
            "ovsdb-server",
            "--remote=punix:" + socketDirectory().resolve("db.sock"),
            file.toString());
    await("ovsdb-server", () -> vsctl("--no-wait", "--timeout=2", "init"));
  }

  void startDaemon() throws IOException {
    daemon = start("ovs-vswitchd", databaseSocket());
  }

  private Process start(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(List.of(arguments));
    command.add("--pidfile");
    command.add("--log-file");
    command.add("-vconsole:off");
    return namespace.start(command, environment, logDirectory().resolve(program + ".out"));
  }

  void killDaemon() {
    daemon = kill(daemon);
  }

  /** Sends a signal to ovs-vswitchd, for example {@code STOP} or {@code CONT}. */
  void signalDaemon(String signal) throws IOException {
    if (daemon != null) {
      Command.run("kill", "-" + signal, Long.toString(daemon.pid()));
    }
  }

  /** Waits until an ovs-vswitchd that was told to exit has done so. */
  void awaitDaemonEnd() {
    Process ending = daemon;
    if (ending != null) {
      await(
          "the end of ovs-vswitchd",
          () -> {
            if (ending.isAlive()) {
              throw new IOException("ovs-vswitchd still runs");
            }
            return "";
          });
    }
    daemon = null;
  }

  void killDatabase() {
    database = kill(database);
  }

  private static @Nullable Process kill(@Nullable Process process) {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while a daemon ends", e);
      }
    }
    return null;
  }

  String vsctl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--db=" + databaseSocket()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  String run(List<String> command) throws IOException {
    return namespace.call(() -> Command.run(command, environment, ""));
  }

  String run(List<String> command, String input) throws IOException {
    return namespace.call(() -> Command.run(command, environment, input));
  }

  /** Tries until it succeeds, for at most 20 seconds. */
  static void await(String what, NetworkNamespace.Work<?> attempt) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (true) {
      try {
        attempt.run();
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new LabException(what + " does not come up", e);
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LabException("interrupted while waiting for " + what, e);
      }
    }
  }
}
