package io.sluice.api.control;

import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * The state of one bound extension, for people.
 *
 * @param kind the extension point, for example {@code source}
 * @param name the extension's name
 * @param state one word
 * @param detail one line
 * @param problems what is wrong
 */
public record Component(
    String kind, String name, String state, String detail, List<Problem> problems) {
  /** Copies the problems. */
  public Component {
    problems = List.copyOf(problems);
  }
}
