package io.sluice.engine.host;

import java.util.Comparator;

/**
 * A bound datapath, as far as choosing goes.
 *
 * @param name its name
 * @param enforcing whether it enforces
 * @param ranking its service ranking, higher first
 * @param service its service id, the older first
 * @param origin where it comes from, for people: file, bundle, component
 */
record Candidate(String name, boolean enforcing, int ranking, long service, String origin)
    implements Comparable<Candidate> {
  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingInt(Candidate::ranking).reversed().thenComparingLong(Candidate::service);

  @Override
  public int compareTo(Candidate other) {
    return BEST_FIRST.compare(this, other);
  }
}
