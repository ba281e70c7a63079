package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The database of the switch crashes; without it the switch forwards nothing. */
final class DatabaseRestarted implements Fault {
  @Override
  public String name() {
    return "ovsdb-restarted";
  }

  @Override
  public String what() {
    return "ovsdb-server kill -9, a policy changed meanwhile, started again after 1 s";
  }

  @Override
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().killDatabase();
    stage.change(Cast::swapGuest);
    Pause.millis(1000);
    stage.node().startDatabase();
  }
}
