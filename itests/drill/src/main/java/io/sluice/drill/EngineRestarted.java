package io.sluice.drill;

import java.io.IOException;

/** The bundle that compiles the policies crashes, and is updated. */
final class EngineRestarted implements Fault {
  @Override
  public String name() {
    return "engine-bundle";
  }

  @Override
  public String what() {
    return "bundle engine stopped for 1 s and started, then updated; a policy changed meanwhile";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    Bundles bundles = new Bundles(stage.agent());
    bundles.restart("io.sluice.engine", () -> stage.change(Cast::swapGuest));
    bundles.update("io.sluice.engine");
  }
}
