package io.sluice.api.datapath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.net.IpAddress;
import io.sluice.api.policy.Action;
import io.sluice.api.policy.Direction;
import io.sluice.api.policy.PolicyRef;
import io.sluice.api.policy.PortMatch;
import io.sluice.api.policy.Tier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesiredStateTest {
  private static final int ROUNDS = 500;

  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void theDifferenceLeadsToWhereASnapshotDoes() throws StaleRevisionException {
    DesiredState state = new DesiredState();
    for (int revision = 1; revision <= ROUNDS; revision++) {
      Snapshot next = snapshot(revision);
      state.apply(state.difference(next));
      assertEquals(picture(next), picture(state.snapshot()), "-Dsluice.seed=" + seed);
    }
  }

  @Test
  void nothingIsTheDifferenceToTheSame() {
    DesiredState state = new DesiredState();
    Snapshot held = snapshot(7);
    state.reset(held);
    Update update = state.difference(held);
    assertTrue(update.endpoints().isEmpty() && update.endpointsRemoved().isEmpty());
    assertTrue(update.subjectSets().isEmpty() && update.subjectSetsRemoved().isEmpty());
    assertTrue(update.addressSets().isEmpty() && update.addressSetsRemoved().isEmpty());
    assertTrue(update.rulesAdded().isEmpty() && update.rulesRemoved().isEmpty());
  }

  @Test
  void anUpdateFromElsewhereChangesNothing() {
    DesiredState state = new DesiredState();
    state.reset(snapshot(3));
    Map<String, Object> before = picture(state.snapshot());
    DesiredState other = new DesiredState();
    Update update = other.difference(snapshot(4));
    assertThrows(StaleRevisionException.class, () -> state.apply(update));
    assertEquals(before, picture(state.snapshot()));
  }

  /** Without the order of lists, which says nothing. */
  private static Map<String, Object> picture(Snapshot snapshot) {
    return Map.of(
        "revision", snapshot.revision(),
        "endpoints", Set.copyOf(snapshot.endpoints()),
        "subjects", snapshot.subjectSets(),
        "addresses", snapshot.addressSets(),
        "rules", Set.copyOf(snapshot.rules()));
  }

  private Snapshot snapshot(long revision) {
    return new Snapshot(
        revision,
        some(3, number -> new LocalEndpoint(id(number), Set.of(address(random.nextInt(5))))),
        sets(DesiredStateTest::id),
        sets(DesiredStateTest::address),
        some(6, DesiredStateTest::rule));
  }

  private <T> List<T> some(int most, IntFunction<T> maker) {
    return IntStream.range(0, most).filter(number -> random.nextBoolean()).mapToObj(maker).toList();
  }

  private <T> Map<Integer, Set<T>> sets(IntFunction<T> maker) {
    Map<Integer, Set<T>> sets = new HashMap<>();
    for (int set = 0; set < 4; set++) {
      if (random.nextBoolean()) {
        sets.put(set, new HashSet<>(some(3, maker)));
      }
    }
    return sets;
  }

  private static EndpointId id(int number) {
    return new EndpointId("shop", "pod-" + number, "");
  }

  private static IpAddress address(int number) {
    return IpAddress.parse("10.0.0." + number);
  }

  private static Rule rule(int number) {
    return new Rule(
        number,
        Tier.NAMESPACED,
        0,
        Direction.INGRESS,
        Action.ALLOW,
        new Subject.Members(number % 4),
        List.of(new PeerMatch.Addresses(number % 4)),
        List.of(new PortMatch.Any()),
        new PolicyRef("NetworkPolicy", "shop", "policy-" + number),
        0);
  }
}
