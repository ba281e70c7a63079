package io.sluice.shell;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.control.Component;
import io.sluice.api.control.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusViewTest {
  private static String view(String chosen, boolean enforcing, Component... components) {
    return StatusView.of(
        new Status(
            "node-1",
            Status.Readiness.SYNCED,
            3,
            2,
            2,
            chosen,
            enforcing,
            List.of(components),
            List.of(),
            Map.of()));
  }

  private static Component datapath(String name, String state) {
    return new Component("datapath", name, state, "direct pod traffic", List.of());
  }

  @Test
  void theChosenDatapathIsShownWithItsStateAndItsLimits() {
    String text = view("ovs", true, datapath("memory", "ready"), datapath("ovs", "disconnected"));
    assertTrue(
        text.contains("datapath   ovs, enforcing, DISCONNECTED\n           direct pod traffic\n"),
        text);
  }

  @Test
  void rulesOfADatapathThatHasGoneAreNotCalledUnenforced() {
    String text = view("", false, datapath("ovs", "frozen"));
    assertTrue(text.contains("datapath   ovs, FROZEN"), text);
    assertFalse(text.contains("NOTHING IS ENFORCED"), text);
  }

  @Test
  void noDatapathEnforcesNothing() {
    assertTrue(view("", false).contains("none: NOTHING IS ENFORCED"));
  }
}
