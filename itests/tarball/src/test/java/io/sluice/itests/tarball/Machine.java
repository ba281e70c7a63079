package io.sluice.itests.tarball;

import io.sluice.lab.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine without any JDK: programs find all others of this one by their {@code PATH}, and in
 * place of {@code java} one that leaves a mark and fails. They run in a network namespace, with
 * nothing of this process's environment.
 */
final class Machine implements AutoCloseable {
  private static final long SECONDS = 90;

  private final NetworkNamespace namespace;
  private final Path folder;
  private final Path tools;
  private final Path mark;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * What a command did.
   *
   * @param status its exit status
   * @param text what it printed, standard error included
   */
  record Result(int status, String text) {}

  Machine(NetworkNamespace namespace, Path folder) throws IOException {
    this.namespace = namespace;
    this.folder = folder;
    tools = Files.createDirectories(folder.resolve("tools"));
    mark = folder.resolve("a-jdk-was-used");
    for (String place : List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")) {
      try (Stream<Path> programs = Files.list(Path.of(place))) {
        for (Path program : programs.toList()) {
          Path link = tools.resolve(program.getFileName());
          if (!Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, program);
          }
        }
      }
    }
    for (String program : List.of("java", "javac", "jcmd", "jar")) {
      Files.deleteIfExists(tools.resolve(program));
      Files.writeString(
          tools.resolve(program), "#!/bin/sh\necho \"$0 $*\" >> " + mark + "\nexit 1\n");
      Files.setPosixFilePermissions(
          tools.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    environment.put("PATH", tools.toString());
    environment.put("HOME", folder.toString());
    environment.put("TERM", "xterm");
    environment.put("LC_ALL", "C.UTF-8");
  }

  /** Whether anything looked for a JDK. */
  boolean jdkWasUsed() {
    return Files.exists(mark);
  }

  /** Sets a variable of the environment from now on. */
  void set(String name, String value) {
    environment.put(name, value);
  }

  /** Has a process that was started here end with the laboratory at the latest. */
  void adopt(long pid) throws IOException {
    namespace.adopt(pid);
  }

  /** A process with this environment in this namespace. */
  Process start(ProcessBuilder.Redirect input, ProcessBuilder.Redirect output, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>(command);
    // The JVM would look for it on its own PATH.
    if (line.getFirst().indexOf('/') < 0) {
      line.set(0, tools.resolve(line.getFirst()).toString());
    }
    return namespace.call(
        () -> {
          ProcessBuilder builder =
              new ProcessBuilder(line)
                  .directory(folder.toFile())
                  .redirectInput(input)
                  .redirectErrorStream(true)
                  .redirectOutput(output);
          builder.environment().clear();
          builder.environment().putAll(environment);
          return builder.start();
        });
  }

  /** Runs a command to its end. */
  Result run(String... command) throws IOException, InterruptedException {
    // A file: what a command leaves running in the background may hold its output open.
    Path output = Files.createTempFile(folder, "out", "");
    try {
      Process process =
          start(
              ProcessBuilder.Redirect.from(new File("/dev/null")),
              ProcessBuilder.Redirect.to(output.toFile()),
              List.of(command));
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            String.join(" ", command) + " does not end:\n" + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(output);
    }
  }

  /** Runs a command that must succeed; what it printed. */
  String must(String... command) throws IOException, InterruptedException {
    Result result = run(command);
    if (result.status() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.status() + ":\n" + result.text());
    }
    return result.text();
  }

  /** Removes the links, so that nobody follows them when the folder is removed. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> links = Files.list(tools)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
