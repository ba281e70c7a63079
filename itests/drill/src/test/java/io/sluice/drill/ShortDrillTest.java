package io.sluice.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The faults that are drilled with every build; {@code make drill} has all. */
class ShortDrillTest {
  @ParameterizedTest
  @CsvSource({
    "OVS, agent-killed",
    "OVS, flows-deleted",
    "OVS, address-reused",
    "NFTABLES, agent-killed",
    "NFTABLES, ruleset-flushed"
  })
  void isSurvived(Backend backend, String fault) throws IOException {
    Fault one = Faults.named(List.of(fault), backend).getFirst();
    Row row = HarnessTest.round(backend).play(one);
    System.out.print(Table.line(row));
    assertEquals(Optional.empty(), row.failure(), row.toString());
  }

  @Test
  void anUpgradeAndTheWayBackLoseNothing() throws IOException {
    Row row = HarnessTest.round(Backend.OVS).play(new AgentUpgraded());
    System.out.print(Table.line(row));
    assertEquals(Optional.empty(), row.failure(), row.toString());
    assertEquals(0, row.findings().wronglyDropped(), row.toString());
    assertEquals(0, row.findings().cut(), row.toString());
  }
}
