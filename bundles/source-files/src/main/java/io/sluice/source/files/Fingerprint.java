package io.sluice.source.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it. Links are followed.
 *
 * @param device the device that holds it
 * @param inode its number there
 * @param size its size in bytes
 * @param modified when its content last changed
 * @param changed when anything of it last changed, which nobody can set back
 * @param regular whether it is a regular file
 */
record Fingerprint(
    long device, long inode, long size, FileTime modified, FileTime changed, boolean regular) {
  /** Stands for a name whose file can't be told, such as a link that leads nowhere. */
  static final Fingerprint UNKNOWN =
      new Fingerprint(
          -1, -1, -1, FileTime.from(Instant.EPOCH), FileTime.from(Instant.EPOCH), false);

  /**
   * The fingerprint of a file, or nothing if it is gone.
   *
   * @throws IOException if that can't be told, also for a link that leads nowhere
   */
  static Optional<Fingerprint> of(Path file) throws IOException {
    try {
      Map<String, Object> attributes =
          Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile");
      return Optional.of(
          new Fingerprint(
              get(attributes, "dev", Number.class).longValue(),
              get(attributes, "ino", Number.class).longValue(),
              get(attributes, "size", Number.class).longValue(),
              get(attributes, "lastModifiedTime", FileTime.class),
              get(attributes, "ctime", FileTime.class),
              get(attributes, "isRegularFile", Boolean.class)));
    } catch (NoSuchFileException e) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static <T> T get(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  /**
   * Whether a write in the same tick of the file system's clock could have left the same
   * fingerprint.
   */
  boolean mayHideChange(Instant now) {
    return changed.toInstant().plusMillis(20).isAfter(now);
  }
}
