package io.sluice.policies.mvstore;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;

/** Rewrites the header of an MVStore. */
final class Header {
  private static final Pattern WHOLE = Pattern.compile("^(.*),fletcher:[0-9a-f]+\n");

  private Header() {}

  /** Sets both format numbers of a header block. */
  static void format(byte[] file, int offset, String format) {
    String text = new String(file, offset, 1000, StandardCharsets.ISO_8859_1);
    Matcher header = WHOLE.matcher(text);
    if (!header.find()) {
      throw new AssertionError("no header: " + text);
    }
    String body =
        header
            .group(1)
            .replaceAll("format:[0-9a-f]+", "format:" + format)
            .replaceAll("formatRead:[0-9a-f]+", "formatRead:" + format);
    if (!body.contains("formatRead:")) {
      body += ",formatRead:" + format;
    }
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    int checksum = DataUtils.getFletcher32(bytes, 0, bytes.length);
    byte[] whole =
        (body + ",fletcher:" + Integer.toHexString(checksum) + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(whole, 0, file, offset, whole.length);
  }
}
