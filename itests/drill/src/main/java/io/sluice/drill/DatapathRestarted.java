package io.sluice.drill;

import java.io.IOException;

/** The bundle that programs switch or filter crashes, and is updated. */
final class DatapathRestarted implements Fault {
  @Override
  public String name() {
    return "datapath-bundle";
  }

  @Override
  public String what() {
    return "the datapath's bundle stopped for 1 s and started, then updated; a policy changed"
        + " meanwhile";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    Bundles bundles = new Bundles(stage.agent());
    String bundle = stage.ground().bundle();
    bundles.restart(bundle, () -> stage.change(Cast::swapGuest));
    bundles.update(bundle);
  }
}
