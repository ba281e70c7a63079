package io.sluice.source.files;

/** Words for people. */
final class Text {
  private Text() {}

  /** {@code 1 object}, {@code 2 objects}. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
