package io.sluice.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * What a lab has made, on disk, written before it is made: so that the next lab can remove what a
 * killed one left behind. A process is known by its pid and its start time, because pids are used
 * again.
 */
final class LabRecord {
  private static final Path BASE = Path.of("/run/sluice-lab");

  private final String id;
  private final Path directory;

  private LabRecord(String id, Path directory) {
    this.id = id;
    this.directory = directory;
  }

  /** Begins a record under a new id. */
  static LabRecord create() throws IOException {
    Files.createDirectories(BASE);
    while (true) {
      String id = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 60_466_176), 36);
      if (Files.exists(BASE.resolve(id))) {
        continue;
      }
      // Only a complete record takes its name: a sweeping neighbour must never see one without
      // owner.
      Path draft = Files.createTempDirectory(BASE, ".new-");
      Files.writeString(draft.resolve("owner"), line(ProcessHandle.current().pid()));
      Path directory = Files.move(draft, BASE.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      return new LabRecord(id, directory);
    }
  }

  String id() {
    return id;
  }

  Path directory() {
    return directory;
  }

  void process(long pid) throws IOException {
    append("processes", line(pid));
  }

  void namespace(String name) throws IOException {
    append("namespaces", name);
  }

  private synchronized void append(String file, String line) throws IOException {
    Files.writeString(
        directory.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Ends the processes, removes the namespaces and the record itself. */
  void remove() throws IOException {
    for (String line : lines("processes")) {
      if (alive(line)) {
        ProcessHandle.of(pid(line)).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    for (String line : lines("processes")) {
      awaitEnd(line);
    }
    for (String name : lines("namespaces")) {
      if (Files.exists(Path.of("/var/run/netns", name))) {
        Command.run("ip", "netns", "del", name);
      }
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes what labs of dead processes have left. */
  static void sweep() throws IOException {
    if (!Files.isDirectory(BASE)) {
      return;
    }
    try (DirectoryStream<Path> records = Files.newDirectoryStream(BASE, "[0-9a-z]*")) {
      for (Path directory : records) {
        LabRecord record = new LabRecord(directory.getFileName().toString(), directory);
        try {
          if (record.lines("owner").stream().noneMatch(LabRecord::alive)) {
            record.remove();
          }
        } catch (NoSuchFileException | UncheckedIOException e) {
          // A neighbour removes the same leftovers; what matters is that they go.
          if (Files.exists(directory.resolve("owner"))) {
            throw e;
          }
        }
      }
    }
  }

  private List<String> lines(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private static String line(long pid) throws IOException {
    return pid + " " + startTime(pid);
  }

  private static long pid(String line) {
    return Long.parseLong(line.substring(0, line.indexOf(' ')));
  }

  private static boolean alive(String line) {
    try {
      return line.equals(line(pid(line)));
    } catch (IOException e) {
      return false; // no such process
    }
  }

  private static void awaitEnd(String line) throws IOException {
    try {
      for (int i = 0; alive(line); i++) {
        if (i == 500) {
          throw new IOException("process " + pid(line) + " does not end");
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while processes end", e);
    }
  }

  /** Field 22 of /proc/pid/stat, in ticks since boot; 0 for a zombie, which is as good as gone. */
  private static String startTime(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return fields[0].equals("Z") ? "0" : fields[19];
  }
}
