package io.sluice.apiserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server, and what a test does to it. Not thread-safe. */
public final class ApiServer implements AutoCloseable {
  private static final String MAIN = "io.sluice.apiserver.server.ServerMain";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final Admin admin = new Admin(() -> sidePort());
  private final Faults faults = new Faults(admin);
  private ServerOptions options;
  private @Nullable Process process;
  private int port;
  private int sidePort;

  private ApiServer(Path folder, ServerOptions options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Starts a server without objects.
   *
   * @param folder where its objects, its log and its kubeconfig are written
   */
  public static ApiServer start(Path folder) {
    return start(folder, ServerOptions.EMPTY);
  }

  /**
   * Starts a server; returns when it answers.
   *
   * @param folder where its objects, its log and its kubeconfig are written
   * @param options how
   */
  public static ApiServer start(Path folder, ServerOptions options) {
    ApiServer server = new ApiServer(folder, options);
    server.run();
    return server;
  }

  private void run() {
    Path log = folder.resolve("apiserver.log");
    try {
      Files.createDirectories(folder);
      if (options.tls() && !Files.exists(keystore())) {
        Certificates.make(keystore(), authority());
      }
      Process started = new ProcessBuilder(command()).redirectError(log.toFile()).start();
      process = started;
      String line = started.inputReader().readLine();
      if (line == null || !line.startsWith("ready ")) {
        started.destroyForcibly();
        throw new ApiServerException(
            "the API server does not start: " + line + "\n" + Files.readString(log));
      }
      List<String> ports = List.of(line.split(" ", -1));
      port = Integer.parseInt(ports.get(1));
      sidePort = Integer.parseInt(ports.get(2));
      if (!Files.exists(kubeconfig()) || !Files.readString(kubeconfig()).equals(kubeconfigText())) {
        Files.writeString(kubeconfig(), kubeconfigText());
      }
    } catch (IOException e) {
      throw new ApiServerException("the API server can't be started", e);
    }
  }

  private List<String> command() {
    Path built = built();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + options.heap(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            built + ":" + built.resolveSibling("lib") + "/*",
            MAIN));
    command.addAll(List.of("--port", "" + port, "--data", data().toString()));
    command.addAll(
        List.of("--token", options.token(), "--types", String.join(",", options.types())));
    command.addAll(List.of("--apply", pending().toString()));
    command.addAll(List.of("--keystore", options.tls() ? keystore().toString() : ""));
    command.addAll(List.of("--pods", "" + options.pods(), "--policies", "" + options.policies()));
    return command;
  }

  /** This module's classes or jar; the server's libraries lie beside. */
  private static Path built() {
    try {
      return Path.of(ApiServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new ApiServerException("the class path holds no files", e);
    }
  }

  private String kubeconfigText() {
    return """
    apiVersion: v1
    kind: Config
    current-context: test
    contexts:
      - name: test
        context: {cluster: test, user: test}
    clusters:
      - name: test
        cluster: {server: "%s"%s}
    users:
      - name: test
        user: {token: "%s"}
    """
        .formatted(
            url(),
            options.tls() ? ", certificate-authority: \"" + authority() + "\"" : "",
            options.token());
  }

  /** Where it answers. */
  public URI url() {
    return URI.create((options.tls() ? "https" : "http") + "://127.0.0.1:" + port);
  }

  /** The certificate to trust, if it speaks TLS. */
  public Path authority() {
    return folder.resolve("ca.crt");
  }

  private Path keystore() {
    return folder.resolve("server.p12");
  }

  private int sidePort() {
    return sidePort;
  }

  /** Its port; the same after a restart. */
  public int port() {
    return port;
  }

  /** The token that it was started with. */
  public String token() {
    return options.token();
  }

  /** A kubeconfig that leads to it, with its token. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** The directory of its objects, one file each; generated ones are not among them. */
  public Path data() {
    return folder.resolve("objects");
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    Process running = running();
    running.destroyForcibly();
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new ApiServerException("the API server does not die");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiServerException("interrupted", e);
    }
    process = null;
  }

  /** Stops the process in its tracks (SIGSTOP): connections stay open and nobody answers. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process go on. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new ApiServerException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new ApiServerException("kill -" + name + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiServerException("interrupted", e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new ApiServerException("the API server does not run");
    }
    return process;
  }

  /** Starts it again, on the same port and with the objects of its directory; kills it before. */
  public void restart() {
    restart(options);
  }

  /** Starts it again with other options; generated objects are then those of these. */
  public void restart(ServerOptions newOptions) {
    if (process != null) {
      kill();
    }
    options = newOptions;
    run();
  }

  /**
   * Takes every second object that was put out of its directory; to be called while it is dead.
   *
   * @return how many were taken
   */
  public int forgetEverySecond() {
    return forget(1, 2);
  }

  /** Takes every object that was put out of its directory; to be called while it is dead. */
  public void forgetAll() {
    forget(0, 1);
  }

  private int forget(int first, int step) {
    int taken = 0;
    try (Stream<Path> files = Files.list(data())) {
      List<Path> all = files.sorted().toList();
      for (int i = first; i < all.size(); i += step) {
        Files.delete(all.get(i));
        taken++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return taken;
  }

  /** Takes an object out of its directory; to be called while it is dead. */
  public void forget(String plural, String namespace, String name) {
    try {
      Files.delete(data().resolve(plural + "_" + namespace + "_" + name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Creates or replaces objects; those of a server that is dead are there when it is back.
   *
   * @param documents YAML or JSON, one or more documents or lists
   */
  public void apply(String documents) {
    if (process != null) {
      admin.ask("apply", Map.of(), documents);
      return;
    }
    try {
      Files.writeString(
          pending(), documents + "\n---\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is applied before the server answers. */
  private Path pending() {
    return folder.resolve("pending.yaml");
  }

  /** Deletes every object, and switches every fault off. */
  public void reset() {
    faults.clear();
    admin.ask("reset", Map.of(), "");
  }

  /** Creates or replaces the objects of every manifest of a directory, in the order of names. */
  public void apply(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        apply(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes an object.
   *
   * @param apiVersion for example {@code v1}
   * @param kind for example {@code Pod}
   * @param namespace its namespace, or empty
   * @param name its name
   */
  public void delete(String apiVersion, String kind, String namespace, String name) {
    admin.ask(
        "delete",
        Map.of("apiVersion", apiVersion, "kind", kind, "namespace", namespace, "name", name),
        "");
  }

  /** Every object of a type, as JSON, one a line. */
  public String objects(String apiVersion, String kind) {
    return admin.ask("objects", Map.of("apiVersion", apiVersion, "kind", kind), "");
  }

  /** Serves a type no longer: requests about it are answered 404, and discovery lacks it. */
  public void unserve(String plural) {
    admin.ask("refuse", Map.of("plural", plural), "");
  }

  /** Serves one more type, also after a restart. */
  public void serve(String type) {
    options = options.serving(type);
    admin.ask("serve", Map.of("type", type), "");
  }

  /** Accepts another token from now on, also after a restart, and the one before no longer. */
  public void accept(String token) {
    options = options.accepting(token);
    admin.ask("token", Map.of("accept", token), "");
  }

  /** What can go wrong. */
  public Faults faults() {
    return faults;
  }

  /** The requests that were answered, as {@code milliseconds METHOD uri status}; oldest first. */
  public List<String> requests() {
    return admin.ask("requests", Map.of(), "").lines().toList();
  }

  /** How many watches are open, as far as the server knows. */
  public int watches() {
    return Integer.parseInt(admin.ask("watches", Map.of(), ""));
  }

  /** Ends the process. */
  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }
}
