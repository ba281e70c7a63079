package io.sluice.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The host's name, as the kubelet takes it for its node by default. */
final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String read() {
    try {
      return Files.readString(KERNEL).strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the host's name can't be read from " + KERNEL + "; set 'name' in io.sluice.node.cfg", e);
    }
  }
}
