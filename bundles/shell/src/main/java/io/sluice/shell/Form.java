package io.sluice.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One way in which a command can be written, read from its usage line: {@code datapath use
 * <datapath> [--json]}. A word in angle brackets is an argument, one in square brackets may be left
 * out, one with dots behind it may be repeated, and anything else is written as it stands. Options
 * may stand anywhere behind the command's name.
 *
 * @param usage the line
 * @param words what is behind the command's name, in order, without options
 * @param options the words that begin with a dash
 * @param effect what it does to the agent
 */
record Form(String usage, List<Word> words, List<Word> options, Effect effect) {
  /** What a command does to the agent. */
  enum Effect {
    /** It answers, and changes nothing. */
    READS,
    /** Afterwards something is different. */
    CHANGES
  }

  /**
   * One word of a form.
   *
   * @param text the word as it is written, or the argument's name
   * @param argument whether something else is written in its place
   * @param optional whether it may be left out
   * @param repeated whether it may be repeated
   */
  record Word(String text, boolean argument, boolean optional, boolean repeated) {
    static Word of(String usage) {
      String text = usage;
      boolean repeated = text.endsWith("...");
      text = repeated ? text.substring(0, text.length() - 3) : text;
      boolean optional = text.startsWith("[");
      text = optional ? text.substring(1, text.length() - 1) : text;
      boolean argument = text.startsWith("<");
      text = argument ? text.substring(1, text.length() - 1) : text;
      return new Word(text, argument, optional, repeated);
    }

    boolean fits(String word) {
      return argument || text.equals(word);
    }

    private boolean isOption() {
      return !argument && text.startsWith("-");
    }
  }

  static Form of(String usage, Effect effect) {
    List<Word> words = new ArrayList<>();
    List<Word> options = new ArrayList<>();
    Arrays.stream(usage.split(" ", -1))
        .skip(1)
        .map(Word::of)
        .forEach(word -> (word.isOption() ? options : words).add(word));
    return new Form(usage, List.copyOf(words), List.copyOf(options), effect);
  }

  /** Whether these are all the words that it needs, and no others. */
  boolean fits(List<String> given) {
    List<String> plain = plain(given);
    boolean complete =
        words.stream().skip(plain.size()).allMatch(Word::optional)
            && options.stream()
                .filter(option -> !option.optional())
                .allMatch(option -> given.contains(option.text()));
    return complete && begins(plain) && onlyItsOptions(given);
  }

  /** What can be written behind these words; empty if nothing, or if the words do not fit. */
  Optional<Word> next(List<String> given) {
    List<String> plain = plain(given);
    return begins(plain) ? word(plain.size()) : Optional.empty();
  }

  /** The options that can still be written behind these words. */
  List<Word> optionsLeft(List<String> given) {
    return begins(plain(given))
        ? options.stream().filter(option -> !given.contains(option.text())).toList()
        : List.of();
  }

  private boolean begins(List<String> plain) {
    for (int i = 0; i < plain.size(); i++) {
      String given = plain.get(i);
      if (word(i).filter(word -> word.fits(given)).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private Optional<Word> word(int place) {
    if (place < words.size()) {
      return Optional.of(words.get(place));
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(words.getLast()).filter(Word::repeated);
  }

  private boolean onlyItsOptions(List<String> given) {
    return given.stream()
        .filter(word -> isOption(word))
        .allMatch(word -> options.stream().anyMatch(option -> option.text().equals(word)));
  }

  /** Whether a word that was given is an option, not a negative number. */
  static boolean isOption(String word) {
    return word.matches("-[^0-9].*");
  }

  private static List<String> plain(List<String> given) {
    return given.stream().filter(word -> !isOption(word)).toList();
  }
}
