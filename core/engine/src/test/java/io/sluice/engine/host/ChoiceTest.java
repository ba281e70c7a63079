package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final Candidate MEMORY = new Candidate("memory", false, 100, 1, "");
  private static final Candidate OVS = new Candidate("ovs", true, 0, 2, "");
  private static final Candidate NFTABLES = new Candidate("nftables", true, 10, 3, "");

  private final Choice choice = new Choice();

  @Test
  void nobodyIsFirstOfNobody() {
    assertEquals(Optional.empty(), choice.first(List.of()));
  }

  @Test
  void memoryIsFirstUntilOneEnforces() {
    assertEquals(Optional.of(MEMORY), choice.first(List.of(MEMORY)));
    assertEquals(Optional.of(OVS), choice.first(List.of(MEMORY, OVS)));
  }

  @Test
  void theOldestThatEnforcesBeginsAndTheBestSucceeds() {
    assertEquals(Optional.of(OVS), choice.first(List.of(NFTABLES, MEMORY, OVS)));
    assertEquals(Optional.of(NFTABLES), choice.successor(List.of(NFTABLES), OVS));
    assertEquals(Optional.empty(), choice.successor(List.of(OVS), NFTABLES));
  }

  @Test
  void oneOfEqualRankDisplacesNobody() {
    Candidate older = new Candidate("older", true, 0, 1, "");
    assertEquals(Optional.empty(), choice.successor(List.of(older), OVS));
  }

  @Test
  void theConfiguredNameCountsBeforeTheRanking() {
    choice.configure("ovs");
    assertEquals(Optional.empty(), choice.first(List.of(MEMORY, NFTABLES)));
    assertEquals(Optional.of(OVS), choice.first(List.of(MEMORY, NFTABLES, OVS)));
    assertEquals(Optional.of(OVS), choice.successor(List.of(OVS), NFTABLES));
    assertEquals(Optional.empty(), choice.successor(List.of(NFTABLES), OVS));
  }

  @Test
  void memoryMayBeConfiguredFromTheStart() {
    choice.configure("memory");
    assertEquals(Optional.of(MEMORY), choice.first(List.of(OVS, MEMORY)));
  }

  @Test
  void aNameThatIsUsedCountsUntilTheConfigurationNamesAnother() {
    choice.configure("ovs");
    choice.use("nftables");
    assertEquals(Optional.of(NFTABLES), choice.successor(List.of(NFTABLES), OVS));
    choice.configure("ovs");
    assertEquals(Optional.empty(), choice.successor(List.of(NFTABLES), OVS));
  }

  @Test
  void anHeirWaitsUnlessItIsNamed() {
    assertEquals(Optional.empty(), choice.heir(List.of(NFTABLES), "ovs", false));
    assertEquals(Optional.of(NFTABLES), choice.heir(List.of(NFTABLES), "ovs", true));
    choice.configure("ovs");
    assertEquals(Optional.empty(), choice.heir(List.of(NFTABLES), "ovs", true));
    choice.configure("nftables");
    assertEquals(Optional.of(NFTABLES), choice.heir(List.of(NFTABLES), "ovs", false));
  }
}
