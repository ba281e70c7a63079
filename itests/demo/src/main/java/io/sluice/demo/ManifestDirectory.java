package io.sluice.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The directory that the agent follows. Files appear in it complete, by renaming; every change
 * answers with the moment it was made, on the clock of {@link System#nanoTime}.
 *
 * @param shipped where the demo's manifests are
 * @param directory the directory that is followed
 */
record ManifestDirectory(Path shipped, Path directory) {
  long add(String file) throws IOException {
    return write(file, Files.readString(shipped.resolve(file)));
  }

  long replace(String file, String old, String now) throws IOException {
    String text = Files.readString(directory.resolve(file));
    if (!text.contains(old)) {
      throw new DemoException(file + " has no '" + old + "'");
    }
    return write(file, text.replace(old, now));
  }

  long remove(String file) throws IOException {
    long now = System.nanoTime();
    Files.delete(directory.resolve(file));
    return now;
  }

  private long write(String file, String text) throws IOException {
    Path draft = Files.writeString(directory.resolve("." + file + ".draft"), text);
    long now = System.nanoTime();
    Files.move(draft, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    return now;
  }
}
