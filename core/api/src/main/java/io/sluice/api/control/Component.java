package io.sluice.api.control;

import io.sluice.api.resource.Problem;
import java.util.List;
import java.util.Map;

/**
 * The state of one bound extension, or of another bundle that reports itself ({@link Reporter}).
 *
 * @param kind the extension point, for example {@code source}
 * @param name the extension's name
 * @param state one word
 * @param detail one line
 * @param problems what is wrong
 * @param numbers what can be counted or measured of it, by name, for example {@code flows}; a name
 *     that ends in {@code Millis} is a time in milliseconds. {@link #CONTACT_AGE} and {@link
 *     #UNWRITTEN_AGE} are known names
 */
public record Component(
    String kind,
    String name,
    String state,
    String detail,
    List<Problem> problems,
    Map<String, Long> numbers) {
  /** How long ago a source had contact with its input; 0 while it has; missing if it never had. */
  public static final String CONTACT_AGE = "contactAgeMillis";

  /** How long a store has lacked something that the engine holds; 0 if it lacks nothing. */
  public static final String UNWRITTEN_AGE = "unwrittenAgeMillis";

  /** The kind of the component that is there while the engine goes on from its durable copy. */
  public static final String DURABLE_COPY = "durable-copy";

  /** Copies the collections. */
  public Component {
    problems = List.copyOf(problems);
    numbers = Map.copyOf(numbers);
  }

  /** One without numbers. */
  public Component(String kind, String name, String state, String detail, List<Problem> problems) {
    this(kind, name, state, detail, problems, Map.of());
  }
}
