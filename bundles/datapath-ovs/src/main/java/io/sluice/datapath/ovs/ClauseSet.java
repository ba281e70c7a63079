package io.sluice.datapath.ovs;

import io.sluice.datapath.ovs.openflow.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The conjunction clauses that one match serves, as a multiset of packed numbers in shards.
 *
 * <p>A clause may be there twice: a rule can name one address both as a member of a set and as a
 * block. A match that serves 10,000 rules would make a flow of 160 KB, more than a message can
 * hold, and one more rule would send all of it again; shards of {@link #SHARD} clauses bound both.
 */
final class ClauseSet {
  /** How many clauses one flow holds at most. */
  static final int SHARD = 1_000;

  private static final class Shard {
    private long[] clauses = new long[2];
    private int size;

    int find(long clause) {
      return Arrays.binarySearch(clauses, 0, size, clause);
    }

    void insert(int at, long clause) {
      if (size == clauses.length) {
        clauses = Arrays.copyOf(clauses, Math.min(SHARD, size * 2));
      }
      System.arraycopy(clauses, at, clauses, at + 1, size - at);
      clauses[at] = clause;
      size++;
    }

    void remove(int at) {
      System.arraycopy(clauses, at + 1, clauses, at, size - at - 1);
      size--;
    }
  }

  private final List<Shard> shards = new ArrayList<>(1);

  /** A clause as one number. */
  static long pack(int conjunction, int clause, int clauses) {
    return Integer.toUnsignedLong(conjunction) << 16 | (long) clause << 8 | clauses;
  }

  static int conjunction(long packed) {
    return (int) (packed >>> 16);
  }

  /** In which shard this clause is, or will be when it is added. */
  int place(long clause) {
    int free = -1;
    for (int number = 0; number < shards.size(); number++) {
      Shard shard = shards.get(number);
      if (shard.find(clause) >= 0 && shard.size < SHARD) {
        return number;
      }
      if (free < 0 && shard.size < SHARD) {
        free = number;
      }
    }
    return free >= 0 ? free : shards.size();
  }

  /** Adds a clause to the shard that {@link #place} said. */
  void add(int place, long clause) {
    if (place == shards.size()) {
      shards.add(new Shard());
    }
    Shard shard = shards.get(place);
    int at = shard.find(clause);
    shard.insert(at >= 0 ? at : -at - 1, clause);
  }

  /** In which shard a clause is that was added. */
  int whereIs(long clause) {
    for (int number = 0; number < shards.size(); number++) {
      if (shards.get(number).find(clause) >= 0) {
        return number;
      }
    }
    throw new IllegalStateException("no such clause: " + Long.toHexString(clause));
  }

  /** Takes one clause out of the shard that {@link #whereIs} said. */
  void remove(int place, long clause) {
    Shard shard = shards.get(place);
    shard.remove(shard.find(clause));
    while (!shards.isEmpty() && shards.getLast().size == 0) {
      shards.removeLast();
    }
  }

  int shards() {
    return shards.size();
  }

  boolean isEmpty() {
    return shards.isEmpty();
  }

  /** Whether a shard is there and holds anything. */
  boolean has(int place) {
    return place < shards.size() && shards.get(place).size > 0;
  }

  /** Whether any clause belongs to one of these conjunctions. */
  boolean serves(int place, Set<Integer> conjunctions) {
    Shard shard = shards.get(place);
    for (int i = 0; i < shard.size; i++) {
      if (conjunctions.contains(conjunction(shard.clauses[i]))) {
        return true;
      }
    }
    return false;
  }

  /** The actions of a shard's flow: each clause once, in ascending order. */
  List<Action> actions(int place) {
    Shard shard = shards.get(place);
    List<Action> actions = new ArrayList<>(shard.size);
    for (int i = 0; i < shard.size; i++) {
      long clause = shard.clauses[i];
      if (i == 0 || clause != shard.clauses[i - 1]) {
        actions.add(
            new Action.Conjunction(
                conjunction(clause), (int) (clause >>> 8 & 0xff), (int) (clause & 0xff)));
      }
    }
    return actions;
  }
}
