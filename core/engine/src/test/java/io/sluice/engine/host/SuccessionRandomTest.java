package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DatapathStatus;
import io.sluice.api.datapath.StaleRevisionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Datapaths come, go, fail, hang and are named at random. From the first moment at which one that
 * covers every pod is chosen and has acknowledged a revision, there is at every moment one that
 * covers every pod and holds rules; also at the very moment of every release.
 */
class SuccessionRandomTest {
  private static final int STORIES = 1_000;
  private static final int STEPS = 150;
  private static final List<String> FULL = List.of("red", "green", "blue");
  private static final List<String> BLIND = List.of("mole", "bat");

  private static long seed() {
    String given = System.getProperty("sluice.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }

  @Test
  void thereIsAlwaysOneThatCoversEveryPodAndHoldsRules() {
    long seed = seed();
    System.out.println("sluice.seed=" + seed);
    Map<String, Integer> takeovers = new HashMap<>();
    for (int i = 0; i < STORIES; i++) {
      new Story(seed + i).run(takeovers);
    }
    System.out.println("chosen over all stories: " + takeovers);
    assertTrue(
        takeovers.getOrDefault("changes", 0) > STORIES, "the seat has to change: " + takeovers);
  }

  private static final class Story {
    private final long seed;
    private final Random random;
    private final Cast cast;
    private final Map<String, HandDatapath> switches = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private boolean begun;
    private String last = "";

    Story(long seed) {
      this.seed = seed;
      random = new Random(seed);
      cast = new Cast(seed);
    }

    void run(Map<String, Integer> takeovers) {
      bind(FULL.getFirst());
      cast.datapaths.open();
      for (int step = 0; step < STEPS; step++) {
        step();
        cast.loop.turn();
        look();
        if (!cast.chosen().equals(last)) {
          last = cast.chosen();
          takeovers.merge(last, 1, Integer::sum);
          takeovers.merge("changes", 1, Integer::sum);
        }
      }
      cast.bound.values().forEach(one -> assertEquals(List.of(), one.breaches(), this::story));
      cast.bound.values().forEach(Story::heal);
      Stream.concat(FULL.stream(), BLIND.stream())
          .filter(name -> !cast.bound.containsKey(name))
          .forEach(this::bind);
      cast.datapaths.configure("");
      cast.pass(Duration.ofMinutes(5));
      cast.update();
      cast.pass(Duration.ofMinutes(5));
      look();
      assertTrue(FULL.contains(cast.chosen()), this::story);
      assertEquals(cast.revision(), cast.datapaths.inForce(), this::story);
      assertEquals(
          1,
          switches.values().stream().filter(HandDatapath::holds).count(),
          () -> "in the end one holds rules; " + story());
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1 -> toggle(any(Stream.concat(FULL.stream(), BLIND.stream()).toList()));
        case 2, 3, 4 -> {
          say("update");
          cast.datapaths.offer(cast.revisions.next());
        }
        case 5 -> pass(random.nextInt(200));
        case 6 -> pass(random.nextInt(40_000));
        case 7 -> name(any(FULL));
        case 8 -> name(any(BLIND));
        case 9 -> {
          say("configure nothing");
          cast.datapaths.configure("");
        }
        default -> disturb();
      }
    }

    private void pass(int millis) {
      say("pass " + millis);
      cast.pass(Duration.ofMillis(millis));
    }

    private void name(String name) {
      // Whoever is ordered on a node without pods covers all of them.
      boolean pods = !cast.revisions.snapshot().endpoints().isEmpty();
      if (random.nextBoolean() && pods && cast.bound.containsKey(name)) {
        say("use " + name);
        var unused = cast.orders.use(name);
      } else {
        say("configure " + name);
        cast.datapaths.configure(name);
      }
    }

    private void toggle(String name) {
      if (cast.bound.containsKey(name)) {
        say("unbind " + name);
        cast.unbind(name);
      } else {
        bind(name);
      }
    }

    private void bind(String name) {
      int ranking = random.nextInt(4);
      say("bind " + name + " " + ranking);
      HandDatapath datapath = new HandDatapath();
      HandDatapath before = switches.get(name);
      if (before != null && before.holds()) {
        datapath.inherit();
      }
      if (BLIND.contains(name)) {
        datapath.sees(endpoint -> false);
      }
      datapath.onRelease(
          () -> {
            say("released " + name);
            look();
          });
      switches.put(name, datapath);
      cast.bind(datapath, name, ranking);
    }

    private void disturb() {
      if (cast.bound.isEmpty()) {
        return;
      }
      String name = any(List.copyOf(cast.bound.keySet()));
      HandDatapath datapath = cast.bound.getOrDefault(name, new HandDatapath());
      int what = random.nextInt(9);
      say("disturb " + name + " " + what);
      switch (what) {
        case 0 -> datapath.hold();
        case 1 -> datapath.release(true);
        case 2 -> datapath.confirms(false);
        case 3 -> datapath.failNext(new IOException("full"));
        case 4 -> datapath.failNext(new StaleRevisionException(1, 2));
        case 5 -> datapath.failReleases(random.nextInt(4));
        case 6 -> datapath.coversThrows(random.nextBoolean());
        case 7 ->
            datapath.status(
                new DatapathStatus(
                    DatapathStatus.State.DISCONNECTED, "away", List.of(), Map.of(), Map.of()));
        default -> heal(datapath);
      }
    }

    private static void heal(HandDatapath datapath) {
      datapath.confirms(true);
      datapath.coversThrows(false);
      datapath.failReleases(0);
      datapath.heal();
      datapath.release(true);
    }

    private void look() {
      begun |= FULL.contains(cast.chosen()) && holds(cast.chosen());
      if (begun) {
        assertTrue(FULL.stream().anyMatch(this::holds), this::story);
      }
    }

    private boolean holds(String name) {
      HandDatapath datapath = switches.get(name);
      return datapath != null && datapath.holds();
    }

    private String any(List<String> names) {
      return names.get(random.nextInt(names.size()));
    }

    private void say(String what) {
      told.add(what);
    }

    private String story() {
      return "seed " + seed + ": " + told + "; " + cast.problems();
    }
  }
}
