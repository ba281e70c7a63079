package io.sluice.manifests;

/**
 * How much a file may ask for, so that no file can exhaust the reader.
 *
 * @param fileBytes size of a file
 * @param objects objects of a file, over all documents and lists
 * @param objectNodes values in one object, each use of a YAML alias counted as what it stands for
 * @param objectChars characters in the keys and values of one object, aliases counted likewise
 * @param depth levels of nesting
 */
public record Limits(long fileBytes, int objects, int objectNodes, int objectChars, int depth) {
  /** 64 MiB and 250,000 objects a file; objects as large as an API server takes. */
  public static final Limits DEFAULT = new Limits(64L << 20, 250_000, 500_000, 3 << 20, 100);

  /** The same with another size and number of objects. */
  public Limits withFile(long bytes, int count) {
    return new Limits(bytes, count, objectNodes, objectChars, depth);
  }
}
