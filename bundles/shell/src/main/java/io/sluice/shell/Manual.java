package io.sluice.shell;

import io.sluice.shell.Form.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to know about one command. Help, completion and the question who may run it are
 * answered from it.
 *
 * @param scope the command's scope
 * @param name its name
 * @param summary what it is for, on one line
 * @param forms the ways in which it can be written
 * @param arguments what its arguments and options mean, in the order in which they are shown
 * @param example one line that works
 */
record Manual(
    String scope,
    String name,
    String summary,
    List<Form> forms,
    Map<String, String> arguments,
    String example) {
  Manual {
    forms = List.copyOf(forms);
    arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  static Manual of(String scope, String name, String summary) {
    return new Manual(scope, name, summary, List.of(), Map.of(), "");
  }

  /** And can be written so, to ask something. */
  Manual reads(String usage) {
    return with(Form.of(usage, Effect.READS));
  }

  /** And can be written so, to change something. */
  Manual changes(String usage) {
    return with(Form.of(usage, Effect.CHANGES));
  }

  private Manual with(Form form) {
    List<Form> all = new ArrayList<>(forms);
    all.add(form);
    return new Manual(scope, name, summary, all, arguments, example);
  }

  Manual argument(String argument, String meaning) {
    Map<String, String> all = new LinkedHashMap<>(arguments);
    all.put(argument, meaning);
    return new Manual(scope, name, summary, forms, all, example);
  }

  Manual example(String line) {
    return new Manual(scope, name, summary, forms, arguments, line);
  }

  /** What it does with these words behind its name: what it may do, if they fit several forms. */
  Effect effect(List<String> words) {
    boolean onlyReads = forms.stream().allMatch(form -> form.effect() == Effect.READS);
    boolean reads =
        forms.stream().filter(form -> form.fits(words)).anyMatch(f -> f.effect() == Effect.READS)
            && forms.stream()
                .filter(form -> form.fits(words))
                .noneMatch(f -> f.effect() == Effect.CHANGES);
    return onlyReads || reads ? Effect.READS : Effect.CHANGES;
  }

  /**
   * What is behind its name.
   *
   * @throws CommandFailedException with the usage, if that fits none of its forms
   */
  Invocation given(String... given) throws CommandFailedException {
    if (forms.stream().noneMatch(form -> form.fits(List.of(given)))) {
      throw usage();
    }
    return Invocation.of(given);
  }

  /** For whoever has written it otherwise. */
  private CommandFailedException usage() {
    StringBuilder text = new StringBuilder("usage: ");
    for (int i = 0; i < forms.size(); i++) {
      text.append(i == 0 ? "" : "\n       ").append(scope).append(':').append(forms.get(i).usage());
    }
    return new CommandFailedException(text.toString());
  }

  /** The page that help shows. */
  String page() {
    StringBuilder text = new StringBuilder(scope).append(':').append(name);
    text.append(" - ").append(summary).append("\n\nusage\n");
    forms.forEach(form -> text.append("  ").append(form.usage()).append('\n'));
    if (!arguments.isEmpty()) {
      text.append("\narguments\n");
      int width = arguments.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
      arguments.forEach(
          (argument, meaning) ->
              text.append("  ")
                  .append(argument)
                  .repeat(' ', width - argument.length())
                  .append(meaning)
                  .append('\n'));
    }
    if (!example.isEmpty()) {
      text.append("\nexample\n  ").append(example).append('\n');
    }
    return text.toString();
  }
}
