package io.sluice.drill;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

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
  public Set<Backend> backends() {
    return EnumSet.of(Backend.OVS);
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().ofctl("del-flows");
  }
}
