package io.sluice.kit.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices that a seed repeats. Not thread-safe. */
public final class Dice {
  private final Random random;

  /** The same seed gives the same choices. */
  public Dice(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number within both bounds. */
  public int between(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  /** Whether something happens that does so in this many of a hundred cases. */
  public boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  /** One of these. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of a list that is not empty. */
  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** So many different ones, or all if there are fewer, in any order. */
  public <T> List<T> some(List<T> choices, int count) {
    return List.copyOf(shuffled(choices).subList(0, Math.min(count, choices.size())));
  }

  /** All of them in any order. */
  public <T> List<T> shuffled(List<T> all) {
    List<T> copy = new ArrayList<>(all);
    Collections.shuffle(copy, random);
    return copy;
  }

  /** A seed for other dice. */
  public long seed() {
    return random.nextLong();
  }
}
