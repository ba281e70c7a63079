package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FairLimitTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong now = new AtomicLong();

  private int taken(FairLimit limit, Object who, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += limit.tryTake(who) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void oneAloneHasAllOfIt() {
    FairLimit limit = new FairLimit(now::get, 10);
    assertEquals(10, taken(limit, "noisy", 1000));
    now.addAndGet(SECOND);
    assertEquals(10, taken(limit, "noisy", 1000));
  }

  @Test
  void aNoisyOneLeavesHalfToOthers() {
    FairLimit limit = new FairLimit(now::get, 10);
    taken(limit, "noisy", 1000);
    taken(limit, "quiet", 1);
    for (int second = 0; second < 5; second++) {
      now.addAndGet(SECOND);
      assertTrue(taken(limit, "noisy", 1000) < 10);
      assertEquals(1, taken(limit, "quiet", 1), "in second " + second);
    }
  }

  @Test
  void everyOneOfManyHasATurnAlthoughTheSameComeFirst() {
    FairLimit limit = new FairLimit(now::get, 10);
    Set<Integer> had = new HashSet<>();
    for (int second = 0; second < 12; second++) {
      for (int who = 0; who < 50; who++) {
        if (taken(limit, who, 100) > 0) {
          had.add(who);
        }
      }
      now.addAndGet(SECOND);
    }
    assertEquals(50, had.size());
  }

  @Test
  void noSecondHasMoreThanTheLimitHoweverManyAsk() {
    FairLimit limit = new FairLimit(now::get, 10);
    for (int second = 0; second < 3; second++) {
      int taken = 0;
      for (int who = 0; who < 5000; who++) {
        taken += taken(limit, who, 2);
      }
      assertTrue(taken <= 10, "" + taken);
      assertTrue(taken >= 5, "the half that is for newcomers is used: " + taken);
      now.addAndGet(SECOND);
    }
  }

  @Test
  void noneIsNone() {
    FairLimit limit = new FairLimit(now::get, 0);
    assertEquals(0, taken(limit, "a", 5));
    limit.limit(1);
    assertEquals(1, taken(limit, "a", 5));
  }
}
