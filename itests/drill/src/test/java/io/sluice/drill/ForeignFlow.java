package io.sluice.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/**
 * A flow of somebody else, above all of the agent's, for a second or for ever: what the agent did
 * right no longer counts.
 *
 * @param flow the flow, without table and priority
 * @param forever whether it stays
 */
record ForeignFlow(Function<Stage, String> flow, boolean forever) implements Fault {
  private static final String ABOVE = "table=0,priority=65535,cookie=0x77,";

  @Override
  public String name() {
    return "foreign-flow";
  }

  @Override
  public String what() {
    return "a foreign flow above all others";
  }

  @Override
  public void strike(Stage stage) throws IOException {
    stage.node().ofctl("add-flow", ABOVE + flow.apply(stage));
    if (!forever) {
      Pause.millis(1500);
      stage.node().ofctl("del-flows", "cookie=0x77/-1");
    }
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(forever ? 3 : 20);
  }
}
