package io.sluice.datapath.nftables.wire;

import java.util.ArrayList;
import java.util.List;

/** The words of a rule: separated by spaces, except in quotes, which stay on. */
final class Words {
  private static final String END = "";

  private final List<String> words = new ArrayList<>();
  private int at;

  Words(String text) {
    int from = 0;
    while (from < text.length()) {
      char first = text.charAt(from);
      if (first == ' ') {
        from++;
        continue;
      }
      int to = first == '"' ? text.indexOf('"', from + 1) + 1 : text.indexOf(' ', from);
      to = to <= 0 ? text.length() : to;
      words.add(text.substring(from, to));
      from = to;
    }
  }

  boolean hasMore() {
    return at < words.size();
  }

  /** The next word; an empty one at the end. */
  String peek() {
    return at < words.size() ? words.get(at) : END;
  }

  String next() {
    String word = peek();
    at++;
    return word;
  }

  /** Takes these words if they are the next. */
  boolean take(String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (at + i >= words.size() || !words.get(at + i).equals(expected[i])) {
        return false;
      }
    }
    at += expected.length;
    return true;
  }

  /** Takes a word that has to come. */
  void require(String expected) throws UnknownCommandException {
    if (!take(expected)) {
      throw new UnknownCommandException(peek() + " instead of " + expected);
    }
  }

  /** The words behind dots, up to where a set is named. */
  List<String> joined() {
    List<String> joined = new ArrayList<>();
    for (int i = at; i + 1 < words.size() && !words.get(i).startsWith("@"); i++) {
      if (words.get(i).equals(".")) {
        joined.add(words.get(i + 1));
      }
    }
    return joined;
  }

  static String unquoted(String word) {
    return word.length() > 1 && word.startsWith("\"") ? word.substring(1, word.length() - 1) : word;
  }
}
