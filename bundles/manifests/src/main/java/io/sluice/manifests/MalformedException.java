package io.sluice.manifests;

/** A document that can't be read as a tree. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final String remedy;

  /**
   * Makes one.
   *
   * @param line the line in the document, from 0
   * @param message what is wrong
   * @param remedy what to do about it
   */
  MalformedException(int line, String message, String remedy) {
    super(message);
    this.line = line;
    this.remedy = remedy;
  }

  MalformedException(int line, String message, String remedy, Throwable cause) {
    super(message, cause);
    this.line = line;
    this.remedy = remedy;
  }

  int line() {
    return line;
  }

  String remedy() {
    return remedy;
  }

  /** What is wrong, always present. */
  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
