package io.sluice.launcher.support;

import io.sluice.launcher.FolderLock;
import io.sluice.launcher.Folders;
import io.sluice.launcher.StartException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Collects the support bundle: {@code Support <file or empty> <folders>}.
 *
 * <p>Exit status: 0 if it was written, 1 if not.
 */
public final class Support {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Support() {}

  /** Writes it. */
  public static void main(String[] arguments) {
    int status = 1;
    try {
      Instant now = Instant.now();
      Path file =
          Path.of(
              arguments[0].isEmpty()
                  ? "sluice-support-" + STAMP.format(now) + ".tar.gz"
                  : arguments[0]);
      Folders folders =
          Folders.of(Arrays.copyOfRange(arguments, 1, arguments.length), System.getenv());
      write(file.toAbsolutePath(), folders, now);
      System.out.println(
          file.toAbsolutePath() + " was written; summary.txt in it says what it lacks");
      status = 0;
    } catch (StartException e) {
      System.err.println("sluice: " + e.getMessage());
    } catch (FileAlreadyExistsException e) {
      System.err.println("sluice: " + e.getMessage() + " exists; name another file");
    } catch (IOException e) {
      System.err.println("sluice: the bundle can't be written: " + e);
    }
    System.out.flush();
    Runtime.getRuntime().exit(status);
  }

  private static void write(Path file, Folders folders, Instant now) throws IOException {
    OptionalLong pid = FolderLock.holder(folders);
    Redactor redactor = new Redactor(Secrets.in(folders.conf()));
    try (TarGz archive = new TarGz(file, now)) {
      Bundle bundle = new Bundle(archive, redactor);
      for (Section section :
          List.of(
              new AgentSection(folders, pid),
              new DatapathSection(folders),
              new FileSection(folders),
              new SystemSection(folders, pid))) {
        section.collect(bundle);
      }
      bundle.finish();
    }
  }
}
