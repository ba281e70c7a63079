package io.sluice.shell;

import io.sluice.shell.Form.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line that is nothing but one known command and its words. The shell's language can do
 * anything (variables, closures, methods of any object), so what is not that plain counts as
 * something that may change the agent.
 *
 * @param manual the command
 * @param words what is behind its name
 */
record PlainLine(Manual manual, List<String> words) {
  /** No character of the shell's language, or all of it in single quotes. */
  private static final Pattern WORD =
      Pattern.compile("\\G[ \\t]*(?:'([^'\\\\\\r\\n]*)'|([\\w.:/,@-]+))(?=[ \\t]|$)");

  static Optional<PlainLine> of(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.strip());
    int end = 0;
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      end = matcher.end();
    }
    if (words.isEmpty() || end < line.strip().length()) {
      return Optional.empty();
    }
    return Manuals.of(words.removeFirst()).map(manual -> new PlainLine(manual, List.copyOf(words)));
  }

  /** Whether it changes nothing. */
  boolean onlyAsks() {
    return manual.effect(words) == Effect.READS;
  }

  /** The same, written so that it can be understood in one way only. */
  String unmistakable() {
    StringBuilder line = new StringBuilder(manual.scope()).append(':').append(manual.name());
    words.forEach(word -> line.append(" '").append(word).append('\''));
    return line.toString();
  }
}
