package io.sluice.kit.exposition;

/** A text is no exposition. */
public final class MalformedExpositionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedExpositionException(int line, String message) {
    super("line " + line + ": " + message);
  }

  MalformedExpositionException(String family, String message) {
    super(family + ": " + message);
  }
}
