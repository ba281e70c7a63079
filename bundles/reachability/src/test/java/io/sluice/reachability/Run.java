package io.sluice.reachability;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the command.
 *
 * @param status its exit status
 * @param out the lines of standard output
 * @param err the lines of standard error
 */
record Run(int status, List<String> out, List<String> err) {
  /** Runs it with these manifests on standard input. */
  static Run on(String manifests, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--manifests", "-"));
    all.addAll(List.of(arguments));
    return of(manifests, all.toArray(String[]::new));
  }

  /** Runs it. */
  static Run of(String input, String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Reachability(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(arguments);
    return new Run(status, lines(out), lines(err));
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The rows of a JSON answer: {@code from [source] to [destination] port verdict by | by}. */
  List<String> rows() {
    return out.stream().map(Run::row).toList();
  }

  private static String row(String line) {
    return text(line, "from")
        + at(line, "source")
        + " > "
        + text(line, "to")
        + at(line, "destination")
        + " "
        + line.replaceAll(".*\"port\":(\\d+),.*", "$1")
        + "/"
        + text(line, "protocol")
        + " "
        + line.replaceAll(
            ".*\"verdict\":\"(\\w+)\",\"egress\":\\{\"verdict\":\"(\\w+)\",\"by\":\"([^\"]*)\"\\},"
                + "\"ingress\":\\{\"verdict\":\"(\\w+)\",\"by\":\"([^\"]*)\"\\}\\}",
            "$1: $2 $3, $4 $5");
  }

  private static String at(String line, String key) {
    return line.contains("\"" + key + "\":null") ? "" : "@" + text(line, key);
  }

  private static String text(String line, String key) {
    return line.replaceAll(".*\"" + key + "\":\"([^\"]*)\".*", "$1");
  }
}
