package io.sluice.itests.tarball;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A unit file of systemd.
 *
 * @param text what it says
 */
record UnitFile(String text) {
  private static final String BOUNDING_SET = "CapabilityBoundingSet=";

  /** The one that is shipped. */
  static UnitFile shipped(Path unpacked) throws IOException {
    return new UnitFile(Files.readString(unpacked.resolve("systemd/sluice.service")));
  }

  /** The capabilities that the process may have, as setpriv(1) names them. */
  List<String> capabilities() {
    return text.lines()
        .filter(line -> line.startsWith(BOUNDING_SET))
        .flatMap(line -> Stream.of(line.substring(BOUNDING_SET.length()).split(" ")))
        .map(name -> name.replaceFirst("^CAP_", "").toLowerCase(Locale.ROOT))
        .toList();
  }
}
