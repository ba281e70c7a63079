package io.sluice.drill;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The wall clock of the agent, and of nobody else, jumps: libfaketime answers for it. The monotonic
 * clock goes on, as it does when a real wall clock is set.
 */
final class ClockJumped implements Fault {
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
  private static final String FILE = "clock";

  /**
   * The library keeps a semaphore for each process under its pid, which stays when the process is
   * killed and stops whoever gets that pid later: so this agent's are its own and go with it.
   */
  private static final String OWN_MEMORY =
      "mount -t tmpfs sluice-drill /dev/shm && exec \"$0\" \"$@\"";

  /** In Gogo: {@code System.currentTimeMillis()}. */
  private static final String CLOCK =
      "(($.context getBundle 0) loadClass java.lang.System) currentTimeMillis";

  @Override
  public String name() {
    return "clock-jump";
  }

  @Override
  public String what() {
    return "the agent's wall clock jumps back by two hours, ahead by ten days, and back to the"
        + " time; a policy changed after each";
  }

  @Override
  public Launch launch() {
    return (command, folder) -> {
      set(folder, Duration.ZERO);
      List<String> wrapped =
          new ArrayList<>(List.of("unshare", "-m", "sh", "-c", OWN_MEMORY, "env"));
      wrapped.addAll(
          List.of(
              "LD_PRELOAD=" + library(),
              "FAKETIME_TIMESTAMP_FILE=" + folder.resolve(FILE),
              "FAKETIME_NO_CACHE=1",
              "FAKETIME_DONT_FAKE_MONOTONIC=1",
              // Else waits with a limit return at once, and the JVM's threads spin.
              "FAKETIME_FORCE_MONOTONIC_FIX=0"));
      wrapped.addAll(command);
      return wrapped;
    };
  }

  @Override
  public void strike(Stage stage) throws IOException {
    int changes = 0;
    for (Duration jump : List.of(Duration.ofHours(-2), Duration.ofDays(10), Duration.ZERO)) {
      set(stage.agent().folder(), jump);
      Pause.millis(1000);
      String app = changes++ % 2 == 0 ? "late" : "guest";
      stage.change(
          manifests -> manifests.put(Cast.GUEST_FILE, Yaml.admitToDatabase("db-for-guest", app)));
      if (stage.awaitSettled(patience()).isEmpty()) {
        stage.failed("after the jump " + jump + " no change came into force");
      }
      checkJumped(stage, jump);
    }
  }

  /** Whether the agent has the time that it should. */
  private static void checkJumped(Stage stage, Duration jump) throws IOException {
    Instant due = Instant.now().plus(jump);
    String answer = stage.agent().ask(CLOCK).text().strip();
    Instant clock = Instant.ofEpochMilli(Long.parseLong(answer));
    if (Duration.between(due, clock).abs().toMinutes() > 1) {
      throw new DrillException("the clock should be at " + due + " and is at " + clock);
    }
  }

  private static void set(Path folder, Duration offset) throws IOException {
    long seconds = offset.toSeconds();
    String text = (seconds < 0 ? "" : "+") + seconds;
    Path draft = Files.writeString(folder.resolve(FILE + ".draft"), text);
    Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path library() throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"))) {
      for (Path folder : folders) {
        if (Files.exists(folder.resolve(LIBRARY))) {
          return folder.resolve(LIBRARY);
        }
      }
    }
    throw new DrillException(
        "the clock can't be made to jump without libfaketime: run .ci/prepare");
  }
}
