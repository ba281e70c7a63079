package io.sluice.drill;

import java.io.IOException;

/** The bundle that programs the switch crashes, and is updated. */
final class DatapathRestarted implements Fault {
  @Override
  public String name() {
    return "datapath-bundle";
  }

  @Override
  public String what() {
    return "bundle datapath-ovs stopped for 1 s and started, then updated; a policy changed"
        + " meanwhile";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    Bundles bundles = new Bundles(stage.agent());
    bundles.restart("io.sluice.datapath.ovs", () -> stage.change(Cast::swapGuest));
    bundles.update("io.sluice.datapath.ovs");
  }
}
