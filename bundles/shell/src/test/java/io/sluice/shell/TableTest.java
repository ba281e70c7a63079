package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void columnsAreAsWideAsTheirWidestWord() {
    String text = new Table("A", "LONG").row("wider", "x").row("y", "").toString();

    assertEquals(
        """
        A      LONG
        wider  x
        y      -
        """,
        text);
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("x"));
  }
}
