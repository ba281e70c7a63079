package io.sluice.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What got through, as a table: a row for each sender, a column for each receiver. A cell holds T
 * if TCP got through and U if UDP did, both over IPv4 and IPv6, and a dot where neither family did.
 */
final class Table {
  private static final int WIDTH = 12;

  private final Map<Question, Boolean> measured;
  private final Map<Question, Boolean> expected;

  Table(Map<Question, Boolean> measured, Map<Question, Boolean> expected) {
    this.measured = measured;
    this.expected = expected;
  }

  /** What was measured and is not as the policies say, one line each. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    measured.forEach(
        (question, passed) -> {
          Boolean should = expected.get(question);
          if (!passed.equals(should)) {
            differences.add(
                question
                    + (passed ? " got through" : " did not get through")
                    + ", the policies say "
                    + (should == null ? "nothing" : should ? "allow" : "deny"));
          }
        });
    return differences;
  }

  /** How much got through. */
  String sum() {
    long passed = measured.values().stream().filter(answer -> answer).count();
    return passed + " of " + measured.size() + " got through";
  }

  String render() {
    StringBuilder text = new StringBuilder();
    text.append(pad("  from \\ to", WIDTH + 2));
    Cast.names().forEach(to -> text.append(pad(to, WIDTH)));
    text.append('\n');
    for (String from : Cast.names()) {
      text.append("  ").append(pad(from, WIDTH));
      for (String to : Cast.names()) {
        text.append(pad(from.equals(to) ? "-" : cell(from, to), WIDTH));
      }
      text.append('\n');
    }
    return text.toString().replaceAll("(?m) +$", "");
  }

  private String cell(String from, String to) {
    return mark(from, to, Question.Service.TCP, 'T') + mark(from, to, Question.Service.UDP, 'U');
  }

  private String mark(String from, String to, Question.Service service, char letter) {
    List<Boolean> answers =
        measured.entrySet().stream()
            .filter(e -> e.getKey().from().equals(from) && e.getKey().to().equals(to))
            .filter(e -> e.getKey().service() == service)
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    // The two families answered differently: no policy of this demo says so.
    if (answers.size() != 1) {
      return "?";
    }
    return answers.getFirst() ? String.valueOf(letter) : ".";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
