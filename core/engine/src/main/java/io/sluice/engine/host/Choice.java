package io.sluice.engine.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which datapath is wanted; whether it gets there is {@link Succession}'s business.
 *
 * <p>A name that an operator used counts until the configuration names another; a name in the
 * configuration counts before the ranking. Without a name the highest-ranked one that enforces is
 * wanted, and one of equal rank never displaces another.
 *
 * <p>Where none enforces yet, the beginning is made with the oldest service, not with the best:
 * what came with the distribution is there before what was dropped in, and the better one then has
 * to show that it is, as at any other time.
 */
final class Choice {
  private String configured = "";
  private String used = "";

  /** Names the datapath by configuration; empty for the best that enforces. */
  void configure(String name) {
    configured = name;
    used = "";
  }

  /** Names the datapath by an operator's word. */
  void use(String name) {
    used = name;
  }

  /** The name that counts, or empty. */
  String named() {
    return used.isEmpty() ? configured : used;
  }

  /** With whom to begin where none enforces. */
  Optional<Candidate> first(Collection<Candidate> bound) {
    if (!named().isEmpty()) {
      return best(bound, this::isNamed);
    }
    return bound.stream()
        .filter(Candidate::enforcing)
        .min(Comparator.comparingLong(Candidate::service))
        .or(() -> best(bound, candidate -> true));
  }

  /**
   * Who should take over.
   *
   * @param others those that enforce and could be tried
   * @param holder the one that enforces now
   */
  Optional<Candidate> successor(Collection<Candidate> others, Candidate holder) {
    if (named().isEmpty()) {
      return best(others, candidate -> candidate.ranking() > holder.ranking());
    }
    return named().equals(holder.name()) ? Optional.empty() : best(others, this::isNamed);
  }

  /**
   * Who should take over from one that is gone.
   *
   * @param others those that enforce and could be tried
   * @param gone the name of the one that is gone
   * @param waited whether it was waited for long enough
   */
  Optional<Candidate> heir(Collection<Candidate> others, String gone, boolean waited) {
    if (named().isEmpty()) {
      return waited ? best(others, candidate -> true) : Optional.empty();
    }
    return named().equals(gone) ? Optional.empty() : best(others, this::isNamed);
  }

  private boolean isNamed(Candidate candidate) {
    return candidate.name().equals(named());
  }

  private static Optional<Candidate> best(
      Collection<Candidate> bound, Predicate<Candidate> condition) {
    return bound.stream().filter(condition).sorted().findFirst();
  }
}
