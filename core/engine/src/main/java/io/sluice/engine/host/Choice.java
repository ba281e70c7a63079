package io.sluice.engine.host;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the bound datapaths is the one whose word counts.
 *
 * <ol>
 *   <li>The one that the configuration names; else the best that enforces; one that was chosen
 *       stays chosen as long as it is bound.
 *   <li>One that does not enforce is chosen only if none that enforces was ever chosen, or by name
 *       from the start.
 *   <li>When an enforcing one disappears, what it programmed is <em>frozen</em>: it stays in the
 *       switch as it was, and that is said until a datapath of this name is back.
 * </ol>
 */
final class Choice {
  private String configured = "";
  private @Nullable Candidate chosen;
  private @Nullable String frozen;

  /** Names the datapath to choose; empty for the best that enforces. */
  void configure(String name) {
    configured = name;
  }

  /** Chooses among these. */
  void update(Collection<Candidate> bound) {
    Candidate last = chosen;
    boolean lastIsHere = last != null && bound.contains(last);
    if (last != null && last.enforcing() && !lastIsHere) {
      frozen = last.name();
    }
    if (frozen != null && best(bound, this::isTheFrozen).isPresent()) {
      frozen = null;
    }
    Candidate wanted = wanted(bound, lastIsHere ? last : null);
    boolean mustNotStepDown = (lastIsHere && last != null && last.enforcing()) || frozen != null;
    if (mustNotStepDown && (wanted == null || !wanted.enforcing())) {
      chosen = lastIsHere ? last : null;
    } else {
      chosen = wanted;
    }
  }

  private boolean isTheFrozen(Candidate candidate) {
    return candidate.enforcing() && candidate.name().equals(frozen);
  }

  private @Nullable Candidate wanted(Collection<Candidate> bound, @Nullable Candidate last) {
    if (!configured.isEmpty()) {
      return last != null && last.name().equals(configured)
          ? last
          : best(bound, candidate -> candidate.name().equals(configured)).orElse(null);
    }
    return last != null && last.enforcing()
        ? last
        : best(bound, Candidate::enforcing).or(() -> best(bound, candidate -> true)).orElse(null);
  }

  private static Optional<Candidate> best(
      Collection<Candidate> bound, Predicate<Candidate> condition) {
    return bound.stream().filter(condition).sorted().findFirst();
  }

  /** The one. */
  Optional<Candidate> chosen() {
    return Optional.ofNullable(chosen);
  }

  /** The name of an enforcing datapath that disappeared, if its rules stay frozen in the switch. */
  Optional<String> frozen() {
    return Optional.ofNullable(frozen);
  }

  /** Why there is none, for people. */
  String whyNone() {
    if (frozen != null) {
      return "datapath '" + frozen + "' is gone; its rules stay in the switch, frozen";
    }
    return configured.isEmpty()
        ? "no datapath is bound"
        : "the configured datapath '" + configured + "' is not bound";
  }
}
