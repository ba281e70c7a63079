package io.sluice.manifests;

import java.io.IOException;
import java.io.Reader;
import java.util.Objects;

/**
 * A file's text, one document at a time: the end of each document reads as the end of the text.
 *
 * <p>A document ends where a line begins with {@code ---} and white space (YAML 1.2 section 9.1.2);
 * no scalar of any style may hold such a line, so this needs no parser. A document that can't be
 * parsed therefore does not hide the next one. The marker belongs to the document that it begins.
 */
final class DocumentReader extends Reader {
  private static final int MARKER = 4;

  private final Reader in;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private boolean exhausted;
  private boolean lineStart = true;
  private boolean documentStart = true;
  private boolean atMarker;
  private int line;

  DocumentReader(Reader in) {
    this.in = in;
  }

  /**
   * Skips what is left of this document and goes to the next.
   *
   * @return whether there is one
   */
  boolean nextDocument() throws IOException {
    char[] waste = new char[4096];
    int got;
    do {
      got = read(waste, 0, waste.length);
    } while (got >= 0);
    if (!atMarker) {
      return false;
    }
    atMarker = false;
    documentStart = true;
    return true;
  }

  /** How many line breaks were read so far. */
  int line() {
    return line;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    int count = 0;
    while (count == 0 && length > 0) {
      if (atMarker || !fill()) {
        return -1;
      }
      while (count < length && position < limit) {
        if (lineStart && !documentStart && limit - position < MARKER && !exhausted) {
          break;
        }
        if (lineStart && !documentStart && markerHere()) {
          atMarker = true;
          break;
        }
        documentStart = false;
        char c = buffer[position++];
        lineStart = c == '\n';
        if (lineStart) {
          line++;
        }
        target[offset + count++] = c;
      }
    }
    return count;
  }

  private boolean markerHere() {
    return limit - position >= MARKER - 1
        && buffer[position] == '-'
        && buffer[position + 1] == '-'
        && buffer[position + 2] == '-'
        && (limit - position == MARKER - 1 || Character.isWhitespace(buffer[position + 3]));
  }

  /** Has at least one character, and enough to tell a marker unless the text ends. */
  private boolean fill() throws IOException {
    while (!exhausted && limit - position < MARKER) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
      int got = in.read(buffer, limit, buffer.length - limit);
      if (got < 0) {
        exhausted = true;
      } else {
        limit += got;
      }
    }
    return position < limit;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
