package io.sluice.example.quarantine;

import io.sluice.api.selector.LabelSelector;
import io.sluice.api.selector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the selector of a Quarantine: labels that a pod must all have. */
final class PodLabels {
  private static final Set<String> SELECTOR = Set.of("matchLabels");

  /** A label's value, and the name in its key, as Kubernetes has them. */
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][-a-z0-9.]{0,252}");

  private PodLabels() {}

  /** The selector, unless something in it is wrong. */
  static Optional<LabelSelector> read(Problems problems, Map<?, ?> spec) {
    int before = problems.found().size();
    List<Requirement> requirements = new ArrayList<>();
    String field = "spec.podSelector";
    problems
        .map(field, spec.get("podSelector"), SELECTOR)
        .filter(selector -> selector.containsKey("matchLabels"))
        .flatMap(
            selector -> problems.map(field + ".matchLabels", selector.get("matchLabels"), null))
        .ifPresent(
            labels ->
                labels.forEach(
                    (key, value) ->
                        label(problems, field + ".matchLabels." + key, key, value)
                            .ifPresent(requirements::add)));
    return problems.found().size() == before
        ? Optional.of(new LabelSelector(requirements))
        : Optional.empty();
  }

  private static Optional<Requirement> label(
      Problems problems, String field, Object key, Object value) {
    if (!(key instanceof String name)) {
      return Optional.empty(); // Said already, with the map that it stands in.
    }
    if (!isKey(name)) {
      problems.add(field, "is no key of a label", "write [prefix/]name");
    } else if (!(value instanceof String text)) {
      problems.add(field, "is not a string", "put the value in quotes");
    } else if (!text.isEmpty() && !WORD.matcher(text).matches()) {
      problems.add(
          field,
          "is no value of a label",
          "write at most 63 letters, digits, '-', '_' and '.', beginning and ending with the first"
              + " two");
    } else {
      return Optional.of(Requirement.equal(name, text));
    }
    return Optional.empty();
  }

  private static boolean isKey(String key) {
    int slash = key.indexOf('/');
    return WORD.matcher(key.substring(slash + 1)).matches()
        && (slash < 0 || PREFIX.matcher(key.substring(0, slash)).matches());
  }
}
