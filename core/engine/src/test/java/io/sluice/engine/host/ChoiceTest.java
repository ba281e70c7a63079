package io.sluice.engine.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  private static final Candidate MEMORY = new Candidate("memory", false, 100, 1);
  private static final Candidate OVS = new Candidate("ovs", true, 0, 2);
  private static final Candidate NFTABLES = new Candidate("nftables", true, 10, 3);

  private final Choice choice = new Choice();

  private void bound(Candidate... candidates) {
    choice.update(List.of(candidates));
  }

  private void assertChosen(Candidate expected) {
    assertEquals(Optional.of(expected), choice.chosen());
  }

  @Test
  void nothingIsChosenFromNothing() {
    bound();
    assertEquals(Optional.empty(), choice.chosen());
    assertEquals("no datapath is bound", choice.whyNone());
  }

  @Test
  void memoryIsChosenUntilOneEnforces() {
    bound(MEMORY);
    assertChosen(MEMORY);
    bound(MEMORY, OVS);
    assertChosen(OVS);
  }

  @Test
  void theHighestRankedThatEnforcesIsChosen() {
    bound(OVS, MEMORY, NFTABLES);
    assertChosen(NFTABLES);
  }

  @Test
  void ofEqualRankTheOlderServiceIsChosen() {
    Candidate younger = new Candidate("other", true, 0, 9);
    bound(younger, OVS);
    assertChosen(OVS);
  }

  @Test
  void theChosenStaysWhenABetterOneComes() {
    bound(OVS);
    bound(OVS, NFTABLES);
    assertChosen(OVS);
  }

  @Test
  void theConfiguredNameWins() {
    choice.configure("ovs");
    bound(MEMORY, NFTABLES);
    assertEquals(Optional.empty(), choice.chosen());
    assertTrue(choice.whyNone().contains("'ovs'"));
    bound(MEMORY, NFTABLES, OVS);
    assertChosen(OVS);
  }

  @Test
  void aNameThatIsConfiguredLaterIsChosenFromThen() {
    bound(OVS, NFTABLES);
    assertChosen(NFTABLES);
    choice.configure("ovs");
    bound(OVS, NFTABLES);
    assertChosen(OVS);
    assertEquals(Optional.empty(), choice.frozen());
  }

  @Test
  void memoryMayBeConfiguredFromTheStart() {
    choice.configure("memory");
    bound(OVS, MEMORY);
    assertChosen(MEMORY);
  }

  @Test
  void memoryNeverReplacesOneThatEnforcesNotEvenByName() {
    bound(OVS, MEMORY);
    choice.configure("memory");
    bound(OVS, MEMORY);
    assertChosen(OVS);
    bound(MEMORY);
    assertEquals(Optional.empty(), choice.chosen());
    assertEquals(Optional.of("ovs"), choice.frozen());
  }

  @Test
  void oneThatDisappearsIsFrozenUntilItIsBack() {
    bound(OVS, MEMORY);
    bound(MEMORY);
    assertEquals(Optional.empty(), choice.chosen());
    assertEquals(Optional.of("ovs"), choice.frozen());
    assertTrue(choice.whyNone().contains("frozen"));
    Candidate back = new Candidate("ovs", true, 0, 17);
    bound(MEMORY, back);
    assertChosen(back);
    assertEquals(Optional.empty(), choice.frozen());
  }

  @Test
  void anotherThatEnforcesMayBeChosenWhileOneIsFrozen() {
    bound(OVS);
    bound();
    bound(NFTABLES);
    assertChosen(NFTABLES);
    assertEquals(Optional.of("ovs"), choice.frozen());
  }
}
