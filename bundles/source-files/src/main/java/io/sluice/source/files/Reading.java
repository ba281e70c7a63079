package io.sluice.source.files;

import io.sluice.api.resource.Problem;
import io.sluice.manifests.Manifest;
import io.sluice.manifests.ManifestReader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** What a look into a file found. */
sealed interface Reading {
  /** The file is gone. */
  record Gone() implements Reading {}

  /** The file can't be read. */
  record Failed(Problem problem) implements Reading {}

  /**
   * The file was read.
   *
   * @param manifest what it holds
   * @param settled the fingerprint that stands for this content; empty if the file may have changed
   *     since without a trace
   * @param ended whether its text ends at the end of a line, or with a brace or bracket
   */
  record Done(Manifest manifest, Optional<Fingerprint> settled, boolean ended) implements Reading {}

  /** Whether the file may be in the middle of being written, so that another look is worth it. */
  default boolean looksUnfinished() {
    return !(this instanceof Done done)
        || !done.ended()
        || done.manifest().isBlank()
        || !done.manifest().problems().isEmpty();
  }

  /** Reads a file. */
  static Reading of(Path file, ManifestReader reader, InstantSource wall) {
    String origin = file.toString();
    try {
      Optional<Fingerprint> before = Fingerprint.of(file);
      if (before.isEmpty()) {
        return new Gone();
      }
      if (!before.get().regular()) {
        return new Failed(
            new Problem(
                origin, "", "", "is no regular file", "give it another name, or remove it"));
      }
      Optional<Manifest> refused = reader.refuse(before.get().size(), origin);
      if (refused.isPresent()) {
        return new Done(refused.get(), before, true);
      }
      boolean racy = before.get().mayHideChange(wall.instant());
      try (LastByte in = new LastByte(new BufferedInputStream(Files.newInputStream(file)))) {
        Manifest manifest = reader.read(in, origin);
        boolean settled = !racy && before.equals(Fingerprint.of(file));
        return new Done(manifest, settled ? before : Optional.empty(), in.endsText());
      }
    } catch (IOException e) {
      return new Failed(
          new Problem(
              origin,
              "",
              "",
              reason(e) + "; what it held is kept",
              "make it readable, or remove the file"));
    }
  }

  /** Why a file or directory can't be read, for people. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException none -> "does not exist";
      case AccessDeniedException denied -> "is not readable by this user";
      case NotDirectoryException file -> "is not a directory";
      default -> "can't be read: " + e.getMessage();
    };
  }

  /** Remembers the last byte. */
  final class LastByte extends FilterInputStream {
    private int last = '\n';

    LastByte(InputStream in) {
      super(in);
    }

    boolean endsText() {
      return last == '\n' || last == '}' || last == ']';
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        last = value;
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        last = target[offset + count - 1];
      }
      return count;
    }
  }
}
