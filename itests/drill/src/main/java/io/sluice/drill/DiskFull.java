package io.sluice.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The file system of the agent's data is full; policies change all the same. It is a small one of
 * the agent's own, in a mount namespace that goes with its process.
 */
final class DiskFull implements Fault {
  private static final String MOUNT =
      "mkdir -p \"$0\" && mount -t tmpfs -o size=16m sluice-drill \"$0\" && exec \"$@\"";

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String what() {
    return "the file system of the agent's data full, a policy changed meanwhile; then room again";
  }

  @Override
  public Launch launch() {
    return (command, folder) -> {
      List<String> wrapped =
          new ArrayList<>(
              List.of("unshare", "-m", "sh", "-c", MOUNT, folder.resolve("data").toString()));
      wrapped.addAll(command);
      return wrapped;
    };
  }

  @Override
  public void strike(Stage stage) throws IOException {
    // As the agent sees it.
    Path root = Path.of("/proc", Long.toString(stage.agent().pid()), "root");
    Path filler = root.resolve(Path.of("/").relativize(stage.agent().data())).resolve("filler");
    fill(filler);
    long begun = System.nanoTime();
    stage.change(Cast::swapGuest);
    OptionalLong settled = stage.awaitSettled(patience());
    if (settled.isPresent()) {
      stage.note(
          "changed in force after "
              + TimeUnit.NANOSECONDS.toMillis(settled.getAsLong() - begun)
              + " ms while it was full");
    } else {
      stage.failed("the change never came into force while the disk was full");
    }
    if (tellsOfIt(stage)) {
      stage.note("status said: not durable");
    } else {
      stage.failed("status never said that the agent's copy is not durable:\n" + stage.status());
    }
    Files.delete(filler);
  }

  private static boolean tellsOfIt(Stage stage) {
    for (int i = 0; i < 50; i++) {
      if (stage.status().contains("not durable")) {
        return true;
      }
      Pause.millis(200);
    }
    return false;
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }
}
