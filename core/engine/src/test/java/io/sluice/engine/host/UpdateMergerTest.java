package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.datapath.DesiredState;
import io.sluice.api.datapath.LocalEndpoint;
import io.sluice.api.datapath.Rule;
import io.sluice.api.datapath.SetDelta;
import io.sluice.api.datapath.Snapshot;
import io.sluice.api.datapath.StaleRevisionException;
import io.sluice.api.datapath.Update;
import io.sluice.api.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UpdateMergerTest {
  private static final int WALKS = 500;
  private static final int STEPS = 40;

  private final long seed = seed();

  private static long seed() {
    String text = System.getProperty("sluice.seed", "");
    return text.isEmpty() || text.startsWith("$") ? new Random().nextLong() : Long.parseLong(text);
  }

  @Test
  void mergedUpdateLeadsWhereTheSequenceLeads() throws StaleRevisionException {
    Random random = new Random(seed);
    int merged = 0;
    for (int walk = 0; walk < WALKS; walk++) {
      RandomUpdates source = new RandomUpdates(random, false);
      DesiredState one = new DesiredState();
      DesiredState all = new DesiredState();
      one.reset(source.snapshot());
      all.reset(source.snapshot());
      UpdateMerger merger = new UpdateMerger();
      for (int step = 0; step < STEPS; step++) {
        Update update = source.next();
        one.apply(update);
        assertTrue(merger.add(update), () -> "numbers are never used again; seed " + seed);
        if (random.nextInt(5) == 0) {
          merged += merger.merged() > 1 ? 1 : 0;
          Update whole = merger.take();
          checkDisjoint(all, whole);
          all.apply(whole);
          assertEquals(
              comparable(one.snapshot()), comparable(all.snapshot()), () -> "seed " + seed);
        }
      }
    }
    assertTrue(merged > WALKS, "too little was merged to prove anything");
  }

  /** What a delta adds was not there, and what it removes was: the contract of {@link SetDelta}. */
  private void checkDisjoint(DesiredState before, Update update) {
    for (SetDelta<IpAddress> delta : update.addressSets()) {
      Set<IpAddress> held = before.addresses(delta.set());
      assertTrue(delta.added().stream().noneMatch(held::contains), () -> "seed " + seed);
      assertTrue(held.containsAll(delta.removed()), () -> "seed " + seed);
    }
  }

  @Test
  void whereNumbersOfSetsBeginAgainItIsRightOrRefuses() throws StaleRevisionException {
    Random random = new Random(seed);
    int refused = 0;
    for (int walk = 0; walk < WALKS; walk++) {
      RandomUpdates source = new RandomUpdates(random, true);
      DesiredState all = new DesiredState();
      all.reset(source.snapshot());
      UpdateMerger merger = new UpdateMerger();
      for (int step = 0; step < STEPS; step++) {
        if (!merger.add(source.next())) {
          refused++;
          assertTrue(merger.isEmpty());
          all.reset(source.snapshot());
        } else if (random.nextInt(5) == 0) {
          all.apply(merger.take());
        }
        if (merger.isEmpty()) {
          assertEquals(
              comparable(source.snapshot()), comparable(all.snapshot()), () -> "seed " + seed);
        }
      }
    }
    assertTrue(refused > 0, "the case was never met");
  }

  @Test
  void anUpdateThatDoesNotFollowIsRefused() {
    RandomUpdates source = new RandomUpdates(new Random(seed), false);
    UpdateMerger merger = new UpdateMerger();
    assertTrue(merger.add(source.next()));
    Update skipped = source.next();
    assertEquals(3, skipped.revision());
    assertFalse(merger.add(source.next()));
    assertTrue(merger.isEmpty());
  }

  private record Picture(
      long revision,
      Set<LocalEndpoint> endpoints,
      Map<Integer, Set<?>> subjects,
      Map<Integer, Set<?>> addresses,
      Set<Rule> rules) {}

  private static Picture comparable(Snapshot snapshot) {
    return new Picture(
        snapshot.revision(),
        Set.copyOf(snapshot.endpoints()),
        filled(snapshot.subjectSets()),
        filled(snapshot.addressSets()),
        snapshot.rules().stream().collect(Collectors.toSet()));
  }

  /** A set that is empty and one that is not there are the same to a rule. */
  private static Map<Integer, Set<?>> filled(Map<Integer, ? extends Set<?>> sets) {
    Map<Integer, Set<?>> filled = new HashMap<>();
    sets.forEach(
        (number, members) -> {
          if (!members.isEmpty()) {
            filled.put(number, members);
          }
        });
    return filled;
  }

  @Test
  void anAddressThatChangesUnderLoadStaysADelta() {
    IpAddress old = IpAddress.v4(1);
    IpAddress fresh = IpAddress.v4(2);
    UpdateMerger merger = new UpdateMerger();
    assertTrue(merger.add(addresses(1, Set.of(fresh), Set.of(old))));
    assertTrue(merger.add(addresses(2, Set.of(old), Set.of())));
    assertEquals(List.of(new SetDelta<>(7, Set.of(fresh), Set.of())), merger.take().addressSets());
  }

  private static Update addresses(long base, Set<IpAddress> added, Set<IpAddress> removed) {
    return new Update(
        base,
        base + 1,
        List.of(),
        Set.of(),
        List.of(),
        Set.of(),
        List.of(new SetDelta<>(7, added, removed)),
        Set.of(),
        List.of(),
        Set.of());
  }
}
