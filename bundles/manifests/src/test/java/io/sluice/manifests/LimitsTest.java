package io.sluice.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No file exhausts the reader. */
class LimitsTest {
  private static final String HEAD =
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\n";

  private static void assertRefused(Manifest manifest, String why) {
    assertEquals(1, manifest.problems().size(), manifest.problems().toString());
    assertTrue(
        manifest.problems().getFirst().message().contains(why), manifest.problems().toString());
    assertEquals(0, manifest.resources().size());
    assertEquals(false, manifest.intact());
  }

  @Test
  void billionLaughs() {
    StringBuilder text = new StringBuilder(HEAD).append("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertRefused(Texts.read(text.toString()), "aliases included");
  }

  @Test
  void longTextThroughAliases() {
    StringBuilder text = new StringBuilder(HEAD).append("a: &a ").append("x".repeat(100_000));
    text.append("\nb: [").append("*a, ".repeat(100)).append("]\n");
    assertRefused(Texts.read(text.toString()), "characters");
  }

  @Test
  void aliasInsideOfItself() {
    assertRefused(Texts.read(HEAD + "spec: &a {b: *a}\n"), "inside of itself");
    assertRefused(Texts.read(HEAD + "spec: {b: *a}\n"), "names no anchor");
  }

  @Test
  void deepNesting() {
    int levels = 100_000;
    assertRefused(Texts.read(HEAD + "spec: " + "[".repeat(levels)), "levels of nesting");
    assertRefused(Texts.read("{\"a\": " + "[".repeat(levels)), "levels of nesting");
    assertRefused(Texts.read("{\"a\": " + "{\"a\":".repeat(levels)), "levels of nesting");
  }

  @Test
  void longJsonText() {
    assertRefused(Texts.read("{\"a\": \"" + "x".repeat(4 << 20) + "\"}"), "length");
  }

  @Test
  void tooManyObjects() {
    Limits two = Limits.DEFAULT.withFile(1 << 20, 2);
    String item = "{apiVersion: v1, kind: Secret, metadata: {name: a}}";
    Manifest documents = Texts.read(("---\n" + item + "\n").repeat(5), two);
    assertTrue(documents.problems().getFirst().message().contains("objects"));
    assertEquals(1, documents.problems().size());
    Manifest list =
        Texts.read("kind: List\napiVersion: v1\nitems: [" + (item + ",").repeat(5) + "]\n", two);
    assertRefused(list, "too many objects");
  }

  /** A manifest of 100 MB, by default: refused after 64 MiB, and nothing of it was kept. */
  @Test
  void tooManyBytes() throws IOException {
    Manifest manifest = read("---\napiVersion: v1\nkind: Secret\n", 100L << 20, Limits.DEFAULT);
    assertTrue(
        manifest.problems().getLast().message().contains("bytes")
            || manifest.problems().getLast().message().contains("objects"),
        manifest.problems().toString());
    assertEquals(false, manifest.intact());
  }

  @Test
  void tooManyProblems() {
    Manifest manifest = Texts.read("---\napiVersion: v1\n".repeat(5000));
    assertEquals(1001, manifest.problems().size());
    assertTrue(manifest.problems().getLast().message().contains("4000 more"));
  }

  /** Texts on which a scanner could read for ever, or collect without end. */
  @Test
  void endlessTexts() throws IOException {
    Limits small = Limits.DEFAULT.withFile(8 << 20, 1000);
    for (String piece :
        List.of(
            "x", "x ", "a: b\n", "[", "{a: ", "- ", "\"x", "\\", "&a ", "#", "? ", "|\n", "!",
            "\n")) {
      Manifest manifest = read(piece, 1L << 40, small);
      assertTrue(manifest.problems().size() <= 2, piece);
      assertEquals(false, manifest.intact(), piece);
    }
    assertTrue(read("# ", 1L << 40, small).problems().getFirst().message().contains("too long"));
  }

  private static Manifest read(String piece, long bytes, Limits limits) throws IOException {
    ManifestReader reader = new ManifestReader(limits, new Wanted(Set.of(), false));
    return reader.read(new Repeating(piece, bytes), "big");
  }

  /** One text, over and over. */
  private static final class Repeating extends InputStream {
    private final byte[] piece;
    private long left;
    private int position;

    Repeating(String piece, long bytes) {
      this.piece = piece.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      left = bytes;
    }

    @Override
    public int read() {
      if (left-- <= 0) {
        return -1;
      }
      int value = piece[position];
      position = (position + 1) % piece.length;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, left);
      for (int i = 0; i < count; i++) {
        target[offset + i] = (byte) read();
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
