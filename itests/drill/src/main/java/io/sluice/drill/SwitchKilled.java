package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The switch crashes and comes back empty. */
final class SwitchKilled implements Fault {
  @Override
  public String name() {
    return "vswitchd-killed";
  }

  @Override
  public String what() {
    return "ovs-vswitchd kill -9, a policy changed meanwhile, started again after 1 s";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().killSwitch();
    stage.change(Cast::swapGuest);
    Pause.millis(1000);
    stage.node().startSwitch();
  }
}
