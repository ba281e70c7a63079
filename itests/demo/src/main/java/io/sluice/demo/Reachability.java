package io.sluice.demo;

import io.sluice.lab.agent.Answer;
import io.sluice.lab.agent.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the policies in a directory say, by {@code sluice reachability}. */
final class Reachability {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|(\\d+))");

  private Reachability() {}

  /** Every question that it answers. */
  static Map<Question, Boolean> of(Distribution distribution, Path manifests) throws IOException {
    Answer answer =
        distribution.run(
            "reachability",
            "--manifests",
            manifests.toString(),
            "--ports",
            Question.Service.TCP + "," + Question.Service.UDP,
            "--output",
            "json");
    if (answer.status() != 0) {
      throw new DemoException("sluice reachability failed:\n" + answer.text());
    }
    Map<Question, Boolean> says = new HashMap<>();
    answer.text().lines().filter(line -> line.startsWith("{")).forEach(line -> read(line, says));
    return says;
  }

  /** Reads the flat fields at the beginning of a line, before the verdicts of the two sides. */
  private static void read(String line, Map<Question, Boolean> says) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(line);
    while (matcher.find()) {
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      fields.putIfAbsent(matcher.group(1), value);
    }
    says.put(
        new Question(
            field(fields, "from"),
            field(fields, "to"),
            field(fields, "source"),
            field(fields, "destination"),
            Question.Service.valueOf(field(fields, "protocol"))),
        field(fields, "verdict").equals("allow"));
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new DemoException("sluice reachability named no " + name);
    }
    return value;
  }
}
