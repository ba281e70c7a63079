package io.sluice.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unpacked distribution, used as anybody would: through {@code bin/sluice}.
 *
 * @param home its folder
 */
record Distribution(Path home) {
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|(\\d+))");

  /**
   * What a command answered.
   *
   * @param status its exit status
   * @param text what it printed
   */
  record Answer(int status, String text) {}

  /** The command line of {@code bin/sluice} with these arguments. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/sluice").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs {@code bin/sluice} to its end. */
  Answer run(String... arguments) throws IOException {
    Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Answer(process.waitFor(), text);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What the policies in a directory say: {@code sluice reachability}. */
  Map<Question, Boolean> reachability(Path manifests) throws IOException {
    Answer answer =
        run(
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

  /** Refuses to go on if there is no distribution. */
  Distribution checked() {
    if (!Files.isExecutable(home.resolve("bin/sluice"))) {
      throw new DemoException(home + " holds no distribution; build one with: make dist");
    }
    return this;
  }
}
