package io.sluice.launcher.support;

import io.sluice.launcher.Folders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Configuration, logs, and the names of all other files of the agent. */
final class FileSection implements Section {
  /** Of each log, its end. */
  private static final int LOG_BYTES = 4 << 20;

  private final Folders folders;

  FileSection(Folders folders) {
    this.folders = folders;
  }

  @Override
  public void collect(Bundle bundle) throws IOException {
    for (Path file : ConfigFiles.all(folders.conf())) {
      if (ConfigFiles.isOurs(file) && folders.conf().equals(file.getParent())) {
        bundle.add("config/" + file.getFileName(), () -> ConfigFiles.blanked(file));
      }
    }
    for (Path folder : List.of(folders.log(), folders.data())) {
      for (Path log : logs(folder)) {
        bundle.add("logs/" + log.getFileName(), () -> end(log));
      }
    }
    bundle.add(
        "logs/journal.txt",
        () -> Programs.run(List.of("journalctl", "--unit=sluice", "--lines=20000", "--no-pager")));
    for (Path folder :
        List.of(
            folders.conf(), folders.data(), folders.run(), folders.deploy(), folders.bundles())) {
      bundle.add("files/" + folder.getFileName() + ".txt", () -> list(folder));
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(".*\\.log(\\.\\d+)?"))
          .sorted()
          .toList();
    }
  }

  private static String end(Path log) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long begin = Math.max(0, file.length() - LOG_BYTES);
      file.seek(begin);
      byte[] bytes = new byte[(int) Math.min(LOG_BYTES, file.length() - begin)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String list(Path folder) throws IOException {
    StringBuilder text = new StringBuilder(folder + "\n");
    for (Path file : ConfigFiles.all(folder)) {
      text.append(
          String.format(
              "%s %10d %s %s%n",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
              Files.size(file),
              Files.getLastModifiedTime(file),
              folder.relativize(file)));
    }
    return text.toString();
  }
}
