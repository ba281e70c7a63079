package io.sluice.engine.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * So many a second, and no more; and nobody gets all of it while others wait. Where there is more
 * than one who asks, half of each second is for those whose turn it is: who has had none for as
 * many seconds as a round of everybody takes. Thread-safe.
 */
final class FairLimit {
  private static final long SECOND = 1_000_000_000L;

  /** More than so many are not told apart: whoever asked longest ago is forgotten. */
  private static final int KEYS = 1024;

  /** Who has not asked for so many seconds waits for nothing. */
  private static final long IDLE = 60;

  private final LongSupplier ticker;
  private final Map<Object, Turn> turns = LinkedHashMap.newLinkedHashMap(16);
  private final long began;
  private int limit;
  private long second;
  private int taken;
  private int taggedOn;

  /** When somebody asked last, and had something last; in seconds since the beginning. */
  private static final class Turn {
    private long asked;
    private long had = Long.MIN_VALUE / 2;
  }

  FairLimit(LongSupplier ticker, int limit) {
    this.ticker = ticker;
    this.limit = limit;
    began = ticker.getAsLong();
  }

  synchronized void limit(int perSecond) {
    limit = perSecond;
  }

  /**
   * Whether this one may have one more; if so it is taken.
   *
   * @param who who asks
   */
  synchronized boolean tryTake(Object who) {
    long now = (ticker.getAsLong() - began) / SECOND;
    if (now != second) {
      second = now;
      taken = 0;
      taggedOn = 0;
    }
    Turn turn = asked(who, now);
    int reserved = turns.size() > 1 ? (limit + 1) / 2 : 0;
    boolean itsTurn = now - turn.had >= round(reserved);
    if (taken >= limit || (!itsTurn && taggedOn >= limit - reserved)) {
      return false;
    }
    taken++;
    if (!itsTurn) {
      taggedOn++;
    }
    turn.had = now;
    return true;
  }

  /** In how many seconds everybody has had a turn. */
  private long round(int reserved) {
    return reserved == 0 ? 1 : (turns.size() + reserved - 1L) / reserved;
  }

  /** Who asked last stands last. */
  private Turn asked(Object who, long now) {
    Turn known = turns.remove(who);
    Turn turn = known == null ? new Turn() : known;
    turn.asked = now;
    turns.put(who, turn);
    var eldest = turns.values().iterator();
    Turn first = eldest.next();
    if (turns.size() > KEYS || now - first.asked > IDLE) {
      eldest.remove();
    }
    return turn;
  }
}
