package io.sluice.datapath.ovs.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A database server and a switch with the userspace datapath in a network namespace of their own.
 * Closing it ends the processes and removes the namespace and the directory.
 */
public final class OvsInstance implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final List<String> PROGRAMS =
      List.of("ovs-vswitchd", "ovsdb-server", "ovsdb-tool", "ovs-vsctl", "ovs-ofctl", "ip");

  private final String namespace =
      "sluice-of-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
  private final Path directory;
  private final Thread hook = new Thread(this::destroy);
  private final List<Process> processes = new ArrayList<>();
  private int starts;

  private OvsInstance(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts one.
   *
   * @throws org.opentest4j.TestAbortedException on a machine that cannot, after saying so; an error
   *     if {@code CI=true}
   */
  public static OvsInstance start() throws IOException, InterruptedException {
    require();
    OvsInstance instance = new OvsInstance(Files.createTempDirectory("sluice-ovs"));
    Runtime.getRuntime().addShutdownHook(instance.hook);
    try {
      instance.boot();
      return instance;
    } catch (IOException | InterruptedException | RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  private static void require() throws IOException, InterruptedException {
    List<String> missing = new ArrayList<>();
    for (String program : PROGRAMS) {
      if (!Shell.has(program)) {
        missing.add(program);
      }
    }
    boolean root = Shell.run("id", "-u").strip().equals("0");
    if (root && missing.isEmpty()) {
      return;
    }
    String reason =
        "NOT PROVEN on this machine: the tests against Open vSwitch need root"
            + (root ? "" : " (run them as root)")
            + " and Open vSwitch"
            + (missing.isEmpty()
                ? ""
                : " (missing: "
                    + String.join(", ", missing)
                    + "; install with: apt-get install openvswitch-switch iproute2)");
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(reason);
    }
    System.err.println(reason);
    Assumptions.abort(reason);
  }

  private void boot() throws IOException, InterruptedException {
    Shell.run("ip", "netns", "add", namespace);
    Shell.run("ip", "-n", namespace, "link", "set", "lo", "up");
    Path database = directory.resolve("conf.db");
    Shell.run(
        "ovsdb-tool", "create", database.toString(), "/usr/share/openvswitch/vswitch.ovsschema");
    launch(
        "ovsdb-server",
        database.toString(),
        "--remote=punix:" + databaseSocket(),
        "--pidfile=" + directory.resolve("ovsdb-server.pid"));
    await(databaseSocket());
    vsctl("--no-wait", "init");
    startSwitch();
  }

  /** Starts the switch, which was killed before. */
  public void startSwitch() throws IOException, InterruptedException {
    launch(
        "ip",
        "netns",
        "exec",
        namespace,
        "ovs-vswitchd",
        "unix:" + databaseSocket(),
        "--pidfile=" + directory.resolve("ovs-vswitchd.pid"));
    vsctl("--timeout=20", "set", "Open_vSwitch", ".", "external_ids:start=" + ++starts);
  }

  /** Kills the switch with SIGKILL, as a crash would; the database lives on. */
  public void killSwitch() throws InterruptedException {
    Process process = processes.removeLast();
    process.destroyForcibly();
    process.waitFor();
  }

  private void launch(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    String path = directory.toString();
    builder
        .environment()
        .putAll(
            Map.of(
                "OVS_RUNDIR", path,
                "OVS_DBDIR", path,
                "OVS_LOGDIR", path,
                "OVS_SYSCONFDIR", path));
    File log = directory.resolve(processes.size() + ".log").toFile();
    processes.add(builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start());
  }

  private static void await(Path file) throws IOException, InterruptedException {
    for (int i = 0; i < 200; i++) {
      if (Files.exists(file)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IOException(file + " did not appear");
  }

  /** The namespace that the switch is in. */
  public String namespace() {
    return namespace;
  }

  /** The run directory. */
  public Path directory() {
    return directory;
  }

  /** Where the database listens. */
  public Path databaseSocket() {
    return directory.resolve("db.sock");
  }

  /** Where a bridge listens. */
  public Path bridgeSocket(String bridge) {
    return directory.resolve(bridge + ".mgmt");
  }

  /** Makes a bridge with the userspace datapath that is closed until it has flows. */
  public void bridge(String name) throws IOException, InterruptedException {
    vsctl(
        "--timeout=20",
        "add-br",
        name,
        "--",
        "set",
        "bridge",
        name,
        "datapath_type=netdev",
        "fail_mode=secure");
  }

  /** Runs {@code ovs-vsctl}. */
  public String vsctl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ovs-vsctl", "--db=unix:" + databaseSocket()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(String[]::new));
  }

  /** Runs {@code ovs-ofctl} for OpenFlow 1.5 with a bridge as its first argument. */
  public String ofctl(String input, String verb, String bridge, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ovs-ofctl", "-O", "OpenFlow15", verb));
    command.add("unix:" + bridgeSocket(bridge));
    command.addAll(List.of(arguments));
    return Shell.feed(input, command.toArray(String[]::new));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    destroy();
  }

  private void destroy() {
    try {
      for (Process process : processes.reversed()) {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      }
      Shell.run("ip", "netns", "del", namespace);
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot clean up " + namespace + " " + directory, e);
    }
  }
}
