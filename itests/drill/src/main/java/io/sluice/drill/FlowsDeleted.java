package io.sluice.drill;

import java.io.IOException;

/** Somebody deletes every flow of the bridge. */
final class FlowsDeleted implements Fault {
  @Override
  public String name() {
    return "flows-deleted";
  }

  @Override
  public String what() {
    return "ovs-ofctl del-flows";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().ofctl("del-flows");
  }
}
