package io.sluice.itests.differential;

import java.util.SplittableRandom;

/**
 * Which clusters are made.
 *
 * @param first the seed of the first
 * @param only whether the first is the only one
 */
record Seeds(long first, boolean only) {
  /** One seed with {@code -Dsluice.seed=}, else many from one that is drawn and printed. */
  static Seeds fromProperty() {
    String text = System.getProperty("sluice.seed", "");
    // The build passes the text of the expression where nobody has set the property.
    boolean given = !text.isEmpty() && !text.startsWith("${");
    Seeds seeds =
        given
            ? new Seeds(Long.parseLong(text), true)
            : new Seeds(new SplittableRandom().nextLong(), false);
    System.out.println("sluice.seed=" + seeds.first() + (given ? "" : " is the first"));
    return seeds;
  }
}
