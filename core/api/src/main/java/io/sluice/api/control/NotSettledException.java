package io.sluice.api.control;

import io.sluice.api.resource.Problem;
import java.util.List;

/** The inputs are not in force, or not all of them. */
public final class NotSettledException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Makes one.
   *
   * @param message what is not settled, and why
   * @param problems the inputs that were refused, each with its remedy
   */
  public NotSettledException(String message, List<Problem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /** The inputs that were refused. */
  public List<Problem> problems() {
    return problems;
  }
}
