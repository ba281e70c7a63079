package io.sluice.shell;

import io.sluice.api.text.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command was given, known to fit one of its forms.
 *
 * @param words its words, without options
 * @param options its options
 */
record Invocation(List<String> words, List<String> options) {
  private static final String JSON = "--json";

  static Invocation of(String... given) {
    return new Invocation(
        Arrays.stream(given).filter(word -> !Form.isOption(word)).toList(),
        Arrays.stream(given).filter(Form::isOption).toList());
  }

  /** Of a command whose words may be anything: options are only what is in front of them. */
  static Invocation leading(String... given) {
    boolean json = given.length > 0 && given[0].equals(JSON);
    return new Invocation(
        Arrays.stream(given).skip(json ? 1 : 0).toList(), json ? List.of(JSON) : List.of());
  }

  boolean has(String option) {
    return options.contains(option);
  }

  /**
   * An answer as it was asked for.
   *
   * @param answer what is answered
   * @param text how people read it
   * @param document how machines do, made of what {@link JsonText} takes
   */
  <T> String shown(
      T answer, Function<T, String> text, Function<T, ? extends @Nullable Object> document) {
    return has(JSON) ? JsonText.of(document.apply(answer)) : text.apply(answer);
  }
}
