package io.sluice.api.store;

import io.sluice.api.resource.Problem;
import java.util.List;

/**
 * How a store is, for people.
 *
 * @param detail one line: where it keeps things, and how much; may be empty
 * @param problems what an operator should look at, beyond the failures that its stages tell
 */
public record StoreStatus(String detail, List<Problem> problems) {
  /** What a store says that has nothing to say. */
  public static final StoreStatus NOTHING = new StoreStatus("", List.of());

  /** Copies the problems. */
  public StoreStatus {
    problems = List.copyOf(problems);
  }
}
