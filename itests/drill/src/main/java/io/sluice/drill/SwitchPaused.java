package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The switch hangs for ten seconds, and nobody is told. */
final class SwitchPaused implements Fault {
  @Override
  public String name() {
    return "vswitchd-paused";
  }

  @Override
  public String what() {
    return "ovs-vswitchd SIGSTOP for 10 s, a policy changed meanwhile";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().pauseSwitch();
    try {
      stage.change(Cast::swapGuest);
      Pause.millis(10_000);
    } finally {
      stage.node().resumeSwitch();
    }
  }
}
