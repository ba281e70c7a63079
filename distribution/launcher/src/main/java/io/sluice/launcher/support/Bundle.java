package io.sluice.launcher.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The archive that is being written, and the list of what it holds and lacks. */
final class Bundle {
  /** Something that may not be there. */
  @FunctionalInterface
  interface Text {
    /** Gets it. */
    String get() throws IOException;
  }

  private static final String FOLDER = "sluice-support/";

  private final TarGz archive;
  private final Redactor redactor;
  private final StringBuilder summary = new StringBuilder();

  Bundle(TarGz archive, Redactor redactor) {
    this.archive = archive;
    this.redactor = redactor;
  }

  /** Adds a text, or notes why it can't be had. */
  void add(String name, Text text) throws IOException {
    String content;
    try {
      content = text.get();
    } catch (IOException e) {
      missing(name, e.getMessage() == null ? e.toString() : e.getMessage());
      return;
    }
    write(name, content);
    note(name);
  }

  /** Notes that something can't be had. */
  void missing(String name, String why) {
    note(name + ": MISSING: " + why);
  }

  private void note(String line) {
    summary.append(line.strip().replace("\n", " | ")).append('\n');
  }

  /** Writes the list, last. */
  void finish() throws IOException {
    write("summary.txt", summary.toString());
  }

  private void write(String name, String content) throws IOException {
    archive.add(FOLDER + name, redactor.redact(content).getBytes(StandardCharsets.UTF_8));
  }
}
