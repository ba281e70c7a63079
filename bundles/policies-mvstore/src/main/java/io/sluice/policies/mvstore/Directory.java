package io.sluice.policies.mvstore;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the copy is kept. */
final class Directory {
  /** A file that is smaller than this is never written anew, in bytes. */
  static final long FLOOR = 8L << 20;

  private Directory() {}

  /**
   * The directory that is configured, else {@code copy} in the agent's data folder.
   *
   * @param property tells the framework's properties
   */
  static Path of(CopyConfig config, Function<String, @Nullable String> property) {
    if (!config.directory().isBlank()) {
      return Path.of(config.directory().strip()).toAbsolutePath().normalize();
    }
    String data = property.apply("sluice.data");
    if (data == null) {
      throw new IllegalArgumentException(
          "io.sluice.policies.mvstore.cfg: set directory; the framework knows no data folder");
    }
    return Path.of(data, "copy");
  }
}
