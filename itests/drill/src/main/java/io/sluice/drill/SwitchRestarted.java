package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The switch is restarted as by its service. */
final class SwitchRestarted implements Fault {
  @Override
  public String name() {
    return "vswitchd-restarted";
  }

  @Override
  public String what() {
    return "ovs-vswitchd exit and start, a policy changed meanwhile";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().stopSwitch();
    stage.change(Cast::swapGuest);
    stage.node().startSwitch();
  }
}
