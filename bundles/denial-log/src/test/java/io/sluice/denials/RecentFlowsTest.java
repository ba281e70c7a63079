package io.sluice.denials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repeats of a flow. */
class RecentFlowsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<String> lines = new ArrayList<>();
  private final RecentFlows recent =
      new RecentFlows((flow, repeated) -> lines.add(flow.denial().port() + "+" + repeated));

  @Test
  void areFoldedIntoOneLineAtTheEndOfTheInterval() {
    assertFalse(recent.add(Flows.isolated(1), MINUTE, 0));
    assertFalse(recent.add(Flows.isolated(2), MINUTE, 1));
    for (int i = 0; i < 5; i++) {
      assertTrue(recent.add(Flows.isolated(1), MINUTE, 2));
    }
    assertEquals(List.of("1+0", "2+0"), lines);
    recent.tick(MINUTE, MINUTE.toNanos() - 1);
    assertEquals(2, lines.size());
    recent.tick(MINUTE, MINUTE.toNanos());
    assertEquals(List.of("1+0", "2+0", "1+4"), lines, "the line is itself one of the five");
    assertFalse(recent.add(Flows.isolated(1), MINUTE, MINUTE.toNanos()), "a new interval");
  }

  @Test
  void withoutAnIntervalEveryDenialHasItsLine() {
    recent.add(Flows.isolated(1), Duration.ZERO, 0);
    recent.add(Flows.isolated(1), Duration.ZERO, 0);
    assertEquals(List.of("1+0", "1+0"), lines);
  }

  @Test
  void noDenialIsLostWhereThereAreMoreFlowsThanAreRemembered() {
    long denials = 0;
    for (int round = 0; round < 3; round++) {
      for (int port = 1; port <= 5000; port++) {
        recent.add(Flows.isolated(port), MINUTE, 0);
        recent.add(Flows.isolated(port), MINUTE, 0);
        denials += 2;
      }
    }
    recent.tick(Duration.ZERO, 1);
    long told =
        lines.stream()
            .mapToLong(line -> 1 + Long.parseLong(line.substring(line.indexOf('+'))))
            .sum();
    assertEquals(denials, told);
  }
}
