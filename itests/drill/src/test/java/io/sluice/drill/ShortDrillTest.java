package io.sluice.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that are drilled with every build; {@code make drill} has all. */
class ShortDrillTest {
  @ParameterizedTest
  @ValueSource(strings = {"agent-killed", "flows-deleted", "address-reused"})
  void isSurvived(String fault) throws IOException {
    Row row = HarnessTest.round().play(Faults.named(java.util.List.of(fault)).getFirst());
    System.out.print(Table.line(row));
    assertEquals(Optional.empty(), row.failure(), row.toString());
  }
}
