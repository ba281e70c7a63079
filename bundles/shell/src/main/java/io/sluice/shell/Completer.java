package io.sluice.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a command line that is being written can go on with. Knows the words of a line from the
 * {@linkplain Manual manuals}; what can stand for an argument it asks {@link Choices}.
 */
final class Completer {
  private final Choices choices;

  Completer(Choices choices) {
    this.choices = choices;
  }

  /**
   * Completes the last word of a line, which is empty if the line ends with a blank.
   *
   * @param line the line up to the cursor
   * @param commands all commands, as {@code scope:name}
   * @return what can stand in the last word's place, sorted; one that ends with a slash is not
   *     whole yet
   */
  List<String> complete(String line, Collection<String> commands) throws InterruptedException {
    List<String> words = words(line);
    String last = words.removeLast();
    Set<String> found = new TreeSet<>();
    if (words.isEmpty()) {
      names(last, commands, found);
    } else {
      var manual = Manuals.of(words.removeFirst());
      if (manual.isPresent()) {
        for (Form form : manual.get().forms()) {
          next(form, words, last, commands, found);
        }
      }
    }
    return found.stream().filter(candidate -> candidate.startsWith(last)).toList();
  }

  /** The words of the last command of the line; the last one is under way. */
  private static List<String> words(String line) {
    int begin = Math.max(line.lastIndexOf('|'), line.lastIndexOf(';')) + 1;
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (char c : line.substring(begin).toCharArray()) {
      if (!Character.isWhitespace(c)) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    words.add(word.toString());
    return words;
  }

  /** Without their scope those of ours and of the framework; all of them with it. */
  private static void names(String last, Collection<String> commands, Set<String> found) {
    for (String command : commands) {
      String[] parts = command.split(":", 2);
      if (parts.length < 2 || parts[1].startsWith("_")) {
        continue;
      }
      boolean plain = Manuals.of(parts[1]).filter(m -> m.scope().equals(parts[0])).isPresent();
      found.add(plain && last.indexOf(':') < 0 ? parts[1] : command);
    }
  }

  private void next(
      Form form, List<String> before, String last, Collection<String> commands, Set<String> found)
      throws InterruptedException {
    var next = form.next(before);
    if (next.isPresent() && !last.startsWith("-")) {
      Form.Word word = next.get();
      if (!word.argument()) {
        found.add(word.text());
      } else if (word.text().equals("command")) {
        names(last, commands, found);
      } else {
        found.addAll(choices.of(word.text(), last, before));
      }
    }
    form.optionsLeft(before).forEach(option -> found.add(option.text()));
  }
}
