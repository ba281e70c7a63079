package io.sluice.manifests;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * A document whose first characters were looked at, to tell its syntax.
 *
 * @param text the document; for JSON without what stands before the first brace
 * @param isJson whether it is JSON: a brace, then a quoted key or the closing brace
 * @param firstLine the line of the file at which the text begins, from 1
 */
record DocumentHead(Reader text, boolean isJson, int firstLine) {
  private static final int LENGTH = 256;

  static DocumentHead read(DocumentReader document) throws IOException {
    int before = document.line();
    char[] head = new char[LENGTH];
    int length = 0;
    while (length < LENGTH) {
      int got = document.read(head, length, LENGTH - length);
      if (got < 0) {
        break;
      }
      length += got;
    }
    int start = length > 0 && head[0] == '\uFEFF' ? 1 : 0;
    int brace = skipSpace(head, length, afterMarker(head, length, start));
    boolean json = brace < length && head[brace] == '{';
    if (json) {
      int next = skipSpace(head, length, brace + 1);
      json = next < length && (head[next] == '"' || head[next] == '}');
    }
    int from = json ? brace : start;
    PushbackReader text = new PushbackReader(document, LENGTH);
    text.unread(head, from, length - from);
    int lines = 0;
    for (int i = 0; i < from; i++) {
      lines += head[i] == '\n' ? 1 : 0;
    }
    return new DocumentHead(text, json, before + lines + 1);
  }

  private static int afterMarker(char[] head, int length, int start) {
    boolean marker =
        length - start >= 3
            && head[start] == '-'
            && head[start + 1] == '-'
            && head[start + 2] == '-';
    return marker ? start + 3 : start;
  }

  private static int skipSpace(char[] head, int length, int start) {
    int i = start;
    while (i < length && Character.isWhitespace(head[i])) {
      i++;
    }
    return i;
  }
}
