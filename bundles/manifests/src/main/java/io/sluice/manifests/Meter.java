package io.sluice.manifests;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Bounds how much a parser reads before it comes to a token, and so how much it has to hold: a YAML
 * scanner collects a text of any length before it hands it out.
 */
final class Meter extends FilterReader {
  private final int limit;
  private int since;

  /** Too much was read. */
  static final class OverrunException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  Meter(Reader in, int limit) {
    super(in);
    this.limit = limit;
  }

  /** A token was reached. */
  void token() {
    since = 0;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    if (c >= 0) {
      spend(1);
    }
    return c;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      spend(count);
    }
    return count;
  }

  private void spend(int characters) throws OverrunException {
    since += characters;
    if (since > limit) {
      throw new OverrunException();
    }
  }
}
