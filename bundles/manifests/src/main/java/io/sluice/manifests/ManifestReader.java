package io.sluice.manifests;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads files of Kubernetes objects: YAML or JSON, several documents, lists.
 *
 * <p>A document that can't be parsed is refused as a whole and the next one is read; an object that
 * is invalid is refused alone. Immutable and thread-safe.
 */
public final class ManifestReader {
  private final Limits limits;
  private final Wanted wanted;

  /**
   * Makes one.
   *
   * @param limits what a file may ask for
   * @param wanted what to read
   */
  public ManifestReader(Limits limits, Wanted wanted) {
    this.limits = limits;
    this.wanted = wanted;
  }

  /**
   * What a file of this size gives without being read: a refusal if it is too large, else nothing.
   *
   * @param bytes the file's size
   * @param origin its name, for messages
   */
  public Optional<Manifest> refuse(long bytes, String origin) {
    if (bytes <= limits.fileBytes()) {
      return Optional.empty();
    }
    ManifestBuilder manifest = new ManifestBuilder(origin, limits.objects());
    tooLarge(manifest, 1);
    return Optional.of(manifest.build());
  }

  private void tooLarge(ManifestBuilder manifest, int line) {
    manifest.broken(
        line,
        "the file has more than " + limits.fileBytes() + " bytes",
        "split it into several files");
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param origin its name, for messages
   * @throws IOException if it can't be read
   */
  public Manifest read(Path file, String origin) throws IOException {
    Optional<Manifest> refused = refuse(Files.size(file), origin);
    if (refused.isPresent()) {
      return refused.get();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, origin);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param in the text, in UTF-8
   * @param origin its name, for messages
   * @throws IOException if it can't be read
   */
  public Manifest read(InputStream in, String origin) throws IOException {
    ManifestBuilder manifest = new ManifestBuilder(origin, limits.objects());
    ObjectReader objects = new ObjectReader(wanted, origin, manifest.ports());
    Reader text =
        new InputStreamReader(
            new Bounded(in, limits.fileBytes()),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    DocumentReader documents = new DocumentReader(text);
    try {
      do {
        read(documents, objects, manifest);
      } while (documents.nextDocument() && manifest.hasRoom());
    } catch (TooLargeException e) {
      tooLarge(manifest, documents.line() + 1);
    } catch (CharacterCodingException e) {
      manifest.broken(documents.line() + 1, "the file is not UTF-8", "save it in UTF-8");
    }
    return manifest.build();
  }

  private void read(DocumentReader documents, ObjectReader objects, ManifestBuilder manifest)
      throws IOException {
    DocumentHead head = DocumentHead.read(documents);
    DocumentSink sink =
        new DocumentSink(objects, manifest.origin(), head.firstLine(), manifest::takeRoom);
    try {
      Tokens tokens =
          head.isJson() ? new JsonTokens(head.text(), limits) : new YamlTokens(head.text(), limits);
      new TreeBuilder(tokens, limits).read(sink);
      manifest.add(sink.outcomes());
    } catch (MalformedException e) {
      // The parsers wrap what happens while they read.
      if (e.getCause() instanceof YamlEngineException yaml
          && yaml.getCause() instanceof IOException io) {
        throw io;
      }
      manifest.broken(head.firstLine() + e.line(), e.text(), e.remedy());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** More bytes than allowed. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Fails once more than so many bytes were read. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long bytes) {
      super(in);
      left = bytes;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      return value < 0 ? value : spend(1, value);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      return count < 0 ? count : spend(count, count);
    }

    private int spend(int bytes, int result) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new TooLargeException();
      }
      return result;
    }
  }
}
