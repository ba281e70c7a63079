package io.sluice.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.RuleCounter;
import io.sluice.api.policy.Action;
import io.sluice.metrics.TrafficBook.Series;
import io.sluice.metrics.TrafficBook.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counters of rules become counters of policies. */
class TrafficBookTest {
  private static final String WEB = "NetworkPolicy/shop/web";
  private static final String DB = "NetworkPolicy/shop/db";

  private final TrafficBook book = new TrafficBook();

  private static RuleCounter counter(long rule, long packets) {
    return new RuleCounter(rule, packets, packets * 100);
  }

  private Map<Series, Sum> read(int limit, RuleCounter... counters) {
    book.counters(List.of(counters), limit);
    return book.picture().sums();
  }

  private long packets(String policy, RuleCounter counter) {
    return read(10, counter).getOrDefault(new Series(policy, "allow"), new Sum(0, 0)).packets();
  }

  @Test
  void allowsAndDenialsOfAPolicyAreToldApartAndSummed() {
    book.rules(
        List.of(
            Pictures.rule(1, Action.ALLOW, "web"),
            Pictures.rule(2, Action.ALLOW, "web"),
            Pictures.rule(3, Action.ISOLATE, "web"),
            Pictures.rule(4, Action.DENY, "web")));
    Map<Series, Sum> sums =
        read(10, counter(1, 5), counter(2, 7), counter(3, 1), counter(4, 2), counter(99, 50));
    assertEquals(
        Map.of(
            new Series(WEB, "allow"), new Sum(12, 1200), new Series(WEB, "deny"), new Sum(3, 300)),
        sums);
  }

  @Test
  void whatBeginsAgainTakesNothingAway() {
    book.rules(List.of(Pictures.rule(1, Action.ALLOW, "web")));
    assertEquals(5, packets(WEB, counter(1, 5)));
    assertEquals(9, packets(WEB, counter(1, 9)));
    assertEquals(11, packets(WEB, counter(1, 2)), "restart");
    book.rules(List.of(Pictures.rule(2, Action.ALLOW, "web")));
    assertEquals(14, packets(WEB, counter(2, 3)), "compiled anew");
    book.rules(List.of(Pictures.rule(2, Action.ALLOW, "db")));
    assertEquals(4, packets(DB, counter(2, 4)), "another node's rules");
  }

  @Test
  void policiesBeyondTheLimitAreSummedAndAPlaceIsGivenBack() {
    book.rules(
        List.of(
            Pictures.rule(1, Action.ALLOW, "web"),
            Pictures.rule(2, Action.ALLOW, "db"),
            Pictures.rule(3, Action.ALLOW, "log")));
    Map<Series, Sum> first = read(1, counter(1, 5), counter(2, 7), counter(3, 1));
    assertEquals(
        Map.of(
            new Series(DB, "allow"), new Sum(7, 700),
            new Series(TrafficBook.OTHERS, "allow"), new Sum(6, 600)),
        first);
    assertEquals(2, book.picture().summed());

    book.rules(
        List.of(Pictures.rule(1, Action.ALLOW, "web"), Pictures.rule(3, Action.ALLOW, "log")));
    Map<Series, Sum> second = read(1, counter(1, 8), counter(3, 1));
    assertEquals(
        Map.of(
            new Series(WEB, "allow"), new Sum(3, 300),
            new Series(TrafficBook.OTHERS, "allow"), new Sum(6, 600)),
        second);
    assertEquals(1, book.picture().summed());
  }

  @Test
  void aLowerLimitTakesSeriesAway() {
    book.rules(
        List.of(Pictures.rule(1, Action.ALLOW, "web"), Pictures.rule(2, Action.ALLOW, "db")));
    assertEquals(2, read(10, counter(1, 5), counter(2, 5)).size());
    assertEquals(
        Map.of(
            new Series(DB, "allow"), new Sum(5, 500),
            new Series(TrafficBook.OTHERS, "allow"), new Sum(1, 100)),
        read(1, counter(1, 6), counter(2, 5)));
  }

  @Test
  void seriesOnlyGrowAndAllTogetherHoldEveryPacket() {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long[] counts = new long[30];
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      rules.add(Pictures.rule(i, Action.ALLOW, "p" + i / 2));
    }
    book.rules(rules);
    long sent = 0;
    Map<Series, Sum> before = Map.of();
    for (int step = 0; step < 200; step++) {
      List<RuleCounter> counters = new ArrayList<>();
      for (int i = 0; i < counts.length; i++) {
        if (random.nextInt(20) == 0) {
          counts[i] = 0;
        }
        int more = random.nextInt(5);
        // A restart that has counted past the old value already can't be told from growth.
        long now = counts[i] + more;
        sent += more;
        counts[i] = now;
        counters.add(counter(i, now));
      }
      book.counters(counters, 5);
      Map<Series, Sum> after = book.picture().sums();
      before.forEach(
          (series, sum) ->
              assertTrue(
                  after.getOrDefault(series, new Sum(0, 0)).packets() >= sum.packets(),
                  series.policy()));
      assertTrue(after.size() <= 6);
      before = after;
    }
    long told = before.values().stream().mapToLong(Sum::packets).sum();
    assertTrue(told <= sent && told > sent * 9 / 10, told + " of " + sent);
  }
}
